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
import java.util.SplittableRandom;

/**
 * Centroids of a segment, one for {@link Kernels#BLOCK_SIZE} vectors: from scratch by k-means in
 * two levels, or from those that the sources of a merge already had; then refined by Lloyd's
 * algorithm.
 */
final class CentroidTrainer {
  private static final int REFINEMENTS = 2;
  private static final int COARSE_ITERATIONS = 6;
  private static final int FINE_ITERATIONS = 5;

  /** Sampled rows for each coarse centroid. */
  private static final int COARSE_SAMPLE = 128;

  private static final long SEED = 11;

  private final Kernels kernels;
  private final Parallel parallel;
  private final Rows rows;
  private final int axes;
  private final int wanted;

  CentroidTrainer(Kernels kernels, Parallel parallel, Rows rows) {
    this.kernels = kernels;
    this.parallel = parallel;
    this.rows = rows;
    this.axes = rows.axes();
    this.wanted = (rows.count() + Kernels.BLOCK_SIZE - 1) / Kernels.BLOCK_SIZE;
  }

  /**
   * Trains centroids.
   *
   * @param known centroids to start from, layout [centroid][axis]; used when there are enough
   * @return refined centroids, layout [centroid][axis]
   */
  float[] train(float[] known) throws IOException {
    int knownCount = known.length / axes;
    float[] centroids = 2 * knownCount >= wanted ? adjusted(known, knownCount) : twoLevels();
    for (int i = 0; i < REFINEMENTS; i++) {
      int count = centroids.length / axes;
      int[] nearest = new Assigner(kernels, centroids, count, axes).assign(rows, parallel);
      update(centroids, nearest);
    }
    return centroids;
  }

  /** Exactly as many centroids as wanted: evenly thinned, or filled up with random rows. */
  private float[] adjusted(float[] known, int knownCount) {
    float[] centroids = new float[wanted * axes];
    int kept = Math.min(wanted, knownCount);
    for (int c = 0; c < kept; c++) {
      int from = (int) ((long) c * knownCount / kept);
      System.arraycopy(known, from * axes, centroids, c * axes, axes);
    }
    SplittableRandom random = new SplittableRandom(SEED);
    for (int c = kept; c < wanted; c++) {
      rows.read(random.nextInt(rows.count()), centroids, c * axes);
    }
    return centroids;
  }

  private float[] twoLevels() throws IOException {
    int groups = Math.max(1, (int) Math.round(Math.sqrt(wanted)));
    int[] ords = sample(rows.count(), groups * COARSE_SAMPLE);
    float[] coarse =
        KMeans.train(
            kernels, gather(ords), 0, axes, ords.length, axes, groups, COARSE_ITERATIONS, SEED);
    float[] coarseRows = new float[coarse.length];
    for (int g = 0; g < groups; g++) {
      for (int axis = 0; axis < axes; axis++) {
        coarseRows[g * axes + axis] = coarse[axis * groups + g];
      }
    }
    int[] nearest = new Assigner(kernels, coarseRows, groups, axes).assign(rows, parallel);
    int[][] members = membersOf(nearest, groups);
    float[][] fine = new float[groups][];
    parallel.forRange(
        groups,
        1,
        (g, end) -> {
          int size = members[g].length;
          int share = (int) Math.round((double) size * wanted / rows.count());
          fine[g] = size == 0 ? new float[0] : trainGroup(members[g], Math.max(1, share), g);
        });
    int length = 0;
    for (float[] part : fine) {
      length += part.length;
    }
    float[] centroids = new float[length];
    int at = 0;
    for (float[] part : fine) {
      System.arraycopy(part, 0, centroids, at, part.length);
      at += part.length;
    }
    return centroids;
  }

  private float[] trainGroup(int[] members, int k, int group) {
    float[] trained =
        KMeans.train(
            kernels,
            gather(members),
            0,
            axes,
            members.length,
            axes,
            k,
            FINE_ITERATIONS,
            SEED + group);
    float[] centroids = new float[trained.length];
    for (int c = 0; c < k; c++) {
      for (int axis = 0; axis < axes; axis++) {
        centroids[c * axes + axis] = trained[axis * k + c];
      }
    }
    return centroids;
  }

  private float[] gather(int[] ords) {
    float[] gathered = new float[ords.length * axes];
    for (int i = 0; i < ords.length; i++) {
      rows.read(ords[i], gathered, i * axes);
    }
    return gathered;
  }

  /** Moves each centroid that has rows to their mean. */
  private void update(float[] centroids, int[] nearest) throws IOException {
    int count = centroids.length / axes;
    float[] sums = new float[centroids.length];
    int[] sizes = new int[count];
    float[] row = new float[axes];
    Parallel.SEQUENTIAL.forRange(
        nearest.length,
        CodeBuffer.PAGE_SIZE,
        (from, to) -> {
          for (int ord = from; ord < to; ord++) {
            rows.read(ord, row, 0);
            int c = nearest[ord];
            sizes[c]++;
            for (int axis = 0; axis < axes; axis++) {
              sums[c * axes + axis] += row[axis];
            }
          }
        });
    for (int c = 0; c < count; c++) {
      for (int axis = 0; sizes[c] > 0 && axis < axes; axis++) {
        centroids[c * axes + axis] = sums[c * axes + axis] / sizes[c];
      }
    }
  }

  private static int[] sample(int count, int wanted) {
    int size = Math.min(count, wanted);
    int[] ords = new int[size];
    SplittableRandom random = new SplittableRandom(SEED);
    double step = (double) count / size;
    Arrays.setAll(ords, i -> Math.min(count - 1, (int) ((i + random.nextDouble()) * step)));
    return ords;
  }

  static int[][] membersOf(int[] group, int groups) {
    int[] sizes = new int[groups];
    for (int g : group) {
      sizes[g]++;
    }
    int[][] members = new int[groups][];
    Arrays.setAll(members, g -> new int[sizes[g]]);
    for (int i = group.length - 1; i >= 0; i--) {
      members[group[i]][--sizes[group[i]]] = i;
    }
    return members;
  }
}
