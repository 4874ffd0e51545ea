/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene.blocks;

import io.omendb.lucene.quantize.CodeBuffer;
import io.omendb.lucene.quantize.Codebook;
import io.omendb.lucene.quantize.Parallel;
import io.omendb.lucene.simd.Kernels;
import java.io.IOException;
import java.util.Arrays;

/**
 * An order of a segment's vectors in which neighbours in space are neighbours in storage, cut into
 * blocks of {@link Kernels#BLOCK_SIZE}. Every block but the last is full.
 *
 * <p>Vectors are ordered along a path through centroids that steps from each to the nearest one not
 * yet visited; within the vectors of one centroid, by how far they lie in the direction from the
 * centroid before to the centroid after. A block that begins in one cell and ends in the next thus
 * holds the sides that face each other, and cutting evenly costs little of the cells' sharpness.
 *
 * @param ordOfSlot ordinal of the vector at each place of storage, a permutation
 * @param means mean of each block, layout [block][axis]
 * @param radii distance from each block's mean to its farthest vector
 */
public record BlockLayout(int[] ordOfSlot, float[] means, float[] radii) {

  /** Number of blocks that hold {@code count} vectors. */
  public static int blocks(int count) {
    return (count + Kernels.BLOCK_SIZE - 1) / Kernels.BLOCK_SIZE;
  }

  /**
   * Lays out the vectors of a segment. Heap: besides the codes, about 32 bytes a vector at 192
   * axes.
   *
   * @param effort how good a layout is to be
   */
  public static BlockLayout of(
      Kernels kernels, Parallel parallel, Codebook codebook, CodeBuffer codes, Effort effort)
      throws IOException {
    Rows rows = new Rows(codebook, codes);
    int axes = rows.axes();
    float[] centroids = CentroidTrainer.train(kernels, parallel, rows, effort);
    int count = centroids.length / axes;
    Assigner assigner = new Assigner(kernels, codebook, centroids);
    int[] path = CentroidPath.through(centroids, axes, assigner.groups());
    int[][] members = CentroidTrainer.membersOf(assigner.assign(rows, parallel), count);
    parallel.forRange(
        count,
        64,
        (from, to) -> {
          for (int i = from; i < to; i++) {
            int before = path[Math.max(0, i - 1)];
            int after = path[Math.min(count - 1, i + 1)];
            sortAlong(rows, members[path[i]], centroids, before * axes, after * axes);
          }
        });
    int[] ordOfSlot = new int[rows.count()];
    int slot = 0;
    for (int c : path) {
      System.arraycopy(members[c], 0, ordOfSlot, slot, members[c].length);
      slot += members[c].length;
    }
    float[] means = new float[blocks(slot) * axes];
    float[] radii = new float[blocks(slot)];
    parallel.forRange(
        radii.length,
        64,
        (from, to) -> {
          for (int block = from; block < to; block++) {
            int first = block * Kernels.BLOCK_SIZE;
            int last = Math.min(ordOfSlot.length, first + Kernels.BLOCK_SIZE);
            int[] ords = Arrays.copyOfRange(ordOfSlot, first, last);
            rows.mean(ords, means, block * axes);
            radii[block] = radius(rows, ords, means, block * axes);
          }
        });
    return new BlockLayout(ordOfSlot, means, radii);
  }

  /** Sorts ordinals by the projection of their vectors on the way from one centroid to another. */
  private static void sortAlong(Rows rows, int[] ords, float[] centroids, int before, int after) {
    float[] row = new float[rows.axes()];
    long[] keys = new long[ords.length];
    for (int i = 0; i < ords.length; i++) {
      rows.read(ords[i], row, 0);
      float projection = 0;
      for (int axis = 0; axis < row.length; axis++) {
        projection += row[axis] * (centroids[after + axis] - centroids[before + axis]);
      }
      keys[i] = (long) sortableBits(projection) << 32 | ords[i];
    }
    Arrays.sort(keys);
    for (int i = 0; i < ords.length; i++) {
      ords[i] = (int) keys[i];
    }
  }

  private static int sortableBits(float value) {
    int bits = Float.floatToIntBits(value);
    return bits ^ (bits >> 31 & 0x7FFFFFFF);
  }

  /** Distance from a point to the farthest of some rows. */
  private static float radius(Rows rows, int[] members, float[] points, int pointAt) {
    float[] row = new float[rows.axes()];
    double greatest = 0;
    for (int member : members) {
      rows.read(member, row, 0);
      double squares = 0;
      for (int axis = 0; axis < row.length; axis++) {
        double difference = row[axis] - points[pointAt + axis];
        squares += difference * difference;
      }
      greatest = Math.max(greatest, squares);
    }
    return (float) Math.sqrt(greatest);
  }
}
