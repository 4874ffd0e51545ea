/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene.blocks;

import java.util.Arrays;

/**
 * A short path through all centroids: group after group, and within a group, each time to the
 * nearest centroid not yet visited. Greedy steps inside groups keep the work below quadratic.
 */
final class CentroidPath {
  private final float[] centroids;
  private final int axes;

  private CentroidPath(float[] centroids, int axes) {
    this.centroids = centroids;
    this.axes = axes;
  }

  /**
   * Orders centroids.
   *
   * @param centroids layout [centroid][axis]
   * @param groups partition of the centroids into groups of near ones, none of them empty
   * @return all centroids, in the order of the path
   */
  static int[] through(float[] centroids, int axes, int[][] groups) {
    float[] middles = middles(centroids, axes, groups);
    int[] all = new int[groups.length];
    Arrays.setAll(all, g -> g);
    int[] groupOrder = new CentroidPath(middles, axes).greedy(all, middles, 0);
    CentroidPath path = new CentroidPath(centroids, axes);
    int[] order = new int[centroids.length / axes];
    int length = 0;
    float[] from = middles;
    int fromAt = groupOrder[0] * axes;
    for (int g : groupOrder) {
      int[] part = path.greedy(groups[g], from, fromAt);
      System.arraycopy(part, 0, order, length, part.length);
      length += part.length;
      from = centroids;
      fromAt = part[part.length - 1] * axes;
    }
    return order;
  }

  /** The middle of each group, layout [group][axis]. */
  static float[] middles(float[] centroids, int axes, int[][] groups) {
    float[] middles = new float[groups.length * axes];
    for (int g = 0; g < groups.length; g++) {
      for (int c : groups[g]) {
        for (int axis = 0; axis < axes; axis++) {
          middles[g * axes + axis] += centroids[c * axes + axis] / groups[g].length;
        }
      }
    }
    return middles;
  }

  /** Visits {@code points}, beginning with the one nearest to the given place. */
  private int[] greedy(int[] points, float[] from, int fromAt) {
    int[] left = points.clone();
    float[] place = from;
    int placeAt = fromAt;
    for (int visited = 0; visited < left.length; visited++) {
      int next = visited;
      float nearest = Float.POSITIVE_INFINITY;
      for (int i = visited; i < left.length; i++) {
        float distance = squaredDistance(place, placeAt, left[i] * axes);
        if (distance < nearest) {
          nearest = distance;
          next = i;
        }
      }
      int chosen = left[next];
      left[next] = left[visited];
      left[visited] = chosen;
      place = centroids;
      placeAt = chosen * axes;
    }
    return left;
  }

  private float squaredDistance(float[] place, int placeAt, int centroidAt) {
    float sum = 0;
    for (int axis = 0; axis < axes; axis++) {
      float difference = place[placeAt + axis] - centroids[centroidAt + axis];
      sum += difference * difference;
    }
    return sum;
  }
}
