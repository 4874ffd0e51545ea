/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene.blocks;

import io.omendb.lucene.quantize.CodeBuffer;
import io.omendb.lucene.quantize.KMeans;
import io.omendb.lucene.quantize.Parallel;
import io.omendb.lucene.simd.Kernels;
import java.io.IOException;
import java.util.Arrays;

/**
 * Finds the nearest of many centroids for each vector of a segment. Centroids are clustered into
 * groups, about as many as each group has members; only the groups nearest to a vector are
 * searched, so the work for a vector grows with the square root of the number of centroids.
 */
final class Assigner {
  /** Groups searched for each vector: finds the true nearest centroid of about 98 in 100. */
  private static final int PROBES = 6;

  private static final int GROUPING_ITERATIONS = 6;

  /** Fewer centroids than this form one group. */
  private static final int MIN_GROUPED = 128;

  private static final long SEED = 7;

  /** Columns of a matrix come in this many, so that products need no masks. */
  private static final int COLUMNS = 32;

  private final Kernels kernels;
  private final int axes;

  /** Centroids of the groups, layout [axis][group], with columns to spare. */
  private final float[] groupCentroids;

  private final float[] groupNorms;
  private final int[][] members;

  /** Centroids of each group, layout [axis][member], with columns to spare. */
  private final float[][] matrices;

  /** Squared lengths of the columns of the matrices; infinite for those to spare. */
  private final float[][] norms;

  /**
   * Groups centroids.
   *
   * @param centroids layout [centroid][axis]
   * @param count number of centroids, at least 1
   */
  Assigner(Kernels kernels, float[] centroids, int count, int axes) {
    this.kernels = kernels;
    this.axes = axes;
    int groups = count < MIN_GROUPED ? 1 : (int) Math.round(Math.sqrt(count));
    float[] trained =
        KMeans.train(kernels, centroids, 0, axes, count, axes, groups, GROUPING_ITERATIONS, SEED);
    int columns = padded(groups);
    groupCentroids = new float[axes * columns];
    for (int axis = 0; axis < axes; axis++) {
      System.arraycopy(trained, axis * groups, groupCentroids, axis * columns, groups);
    }
    groupNorms = norms(groupCentroids, groups);
    members = membersOf(centroids, count, groups);
    matrices = new float[groups][];
    norms = new float[groups][];
    for (int g = 0; g < groups; g++) {
      int size = members[g].length;
      int width = padded(size);
      matrices[g] = new float[axes * width];
      for (int m = 0; m < size; m++) {
        for (int axis = 0; axis < axes; axis++) {
          matrices[g][axis * width + m] = centroids[members[g][m] * axes + axis];
        }
      }
      norms[g] = norms(matrices[g], size);
    }
  }

  private static int padded(int columns) {
    return (columns + COLUMNS - 1) / COLUMNS * COLUMNS;
  }

  private float[] norms(float[] matrix, int used) {
    float[] squares = KMeans.squaredNorms(matrix, 0, axes, padded(used));
    Arrays.fill(squares, used, squares.length, Float.POSITIVE_INFINITY);
    return squares;
  }

  private int[][] membersOf(float[] centroids, int count, int groups) {
    int columns = padded(groups);
    int[] group = new int[count];
    int[] sizes = new int[groups];
    float[] dots = new float[columns];
    for (int c = 0; c < count; c++) {
      kernels.multiply(centroids, c * axes, axes, 1, axes, groupCentroids, 0, columns, dots);
      group[c] = kernels.nearest(dots, 0, groupNorms, 0, columns);
      sizes[group[c]]++;
    }
    int[][] lists = new int[groups][];
    Arrays.setAll(lists, g -> new int[sizes[g]]);
    for (int c = count - 1; c >= 0; c--) {
      lists[group[c]][--sizes[group[c]]] = c;
    }
    return lists;
  }

  /** Centroids by group; every centroid is in one group. */
  int[][] groups() {
    return members;
  }

  /** The nearest centroid of each row. */
  int[] assign(Rows rows, Parallel parallel) throws IOException {
    int[] nearest = new int[rows.count()];
    parallel.forRange(
        rows.count(),
        CodeBuffer.PAGE_SIZE,
        (from, to) -> {
          float[] chunk = new float[(to - from) * axes];
          for (int ord = from; ord < to; ord++) {
            rows.read(ord, chunk, (ord - from) * axes);
          }
          System.arraycopy(assign(chunk, to - from), 0, nearest, from, to - from);
        });
    return nearest;
  }

  private int[] assign(float[] rows, int count) {
    int[][] rowsOfGroup = rowsByGroup(rows, count);
    int[] nearest = new int[count];
    float[] best = new float[count];
    Arrays.fill(best, Float.POSITIVE_INFINITY);
    float[] gathered = new float[0];
    float[] dots = new float[0];
    for (int g = 0; g < members.length; g++) {
      int[] list = rowsOfGroup[g];
      if (list.length == 0 || members[g].length == 0) {
        continue;
      }
      int size = norms[g].length;
      gathered = atLeast(gathered, list.length * axes);
      dots = atLeast(dots, list.length * size);
      for (int i = 0; i < list.length; i++) {
        System.arraycopy(rows, list[i] * axes, gathered, i * axes, axes);
      }
      kernels.multiply(gathered, 0, axes, list.length, axes, matrices[g], 0, size, dots);
      for (int i = 0; i < list.length; i++) {
        int m = kernels.nearest(dots, i * size, norms[g], 0, size);
        float distance = norms[g][m] - 2 * dots[i * size + m];
        if (distance < best[list[i]]) {
          best[list[i]] = distance;
          nearest[list[i]] = members[g][m];
        }
      }
    }
    return nearest;
  }

  /** For each group, the rows that have it among their nearest. */
  private int[][] rowsByGroup(float[] rows, int count) {
    int groups = members.length;
    int columns = groupNorms.length;
    int probes = Math.min(PROBES, groups);
    float[] dots = new float[count * columns];
    kernels.multiply(rows, 0, axes, count, axes, groupCentroids, 0, columns, dots);
    int[] chosen = new int[count * probes];
    int[] sizes = new int[groups];
    for (int row = 0; row < count; row++) {
      for (int p = 0; p < probes; p++) {
        int g = kernels.nearest(dots, row * columns, groupNorms, 0, columns);
        chosen[row * probes + p] = g;
        dots[row * columns + g] = Float.NEGATIVE_INFINITY;
        sizes[g]++;
      }
    }
    int[][] lists = new int[groups][];
    Arrays.setAll(lists, g -> new int[sizes[g]]);
    for (int i = chosen.length - 1; i >= 0; i--) {
      lists[chosen[i]][--sizes[chosen[i]]] = i / probes;
    }
    return lists;
  }

  private static float[] atLeast(float[] array, int length) {
    return array.length >= length ? array : new float[length];
  }
}
