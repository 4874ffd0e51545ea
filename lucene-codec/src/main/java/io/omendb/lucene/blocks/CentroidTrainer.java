/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene.blocks;

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

  /** More where centroids begin as those of several segments, each of which knew its own rows. */
  private static final int REFINEMENTS_OF_KNOWN = 4;

  private static final int COARSE_ITERATIONS = 12;
  private static final int FINE_ITERATIONS = 5;

  /** Sampled rows for each centroid. */
  private static final int SAMPLE = 128;

  /** Centroids trained under one coarse centroid, in numbers of these. */
  private static final int MAX_FINE = 4;

  private static final int MAX_DEPTH = 3;

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
    float[] start = withoutRepeats(known);
    boolean enough = 2 * (start.length / axes) >= wanted;
    float[] centroids =
        enough ? adjusted(start, start.length / axes) : levels(rows, wanted, 0, parallel);
    for (int i = 0; i < (enough ? REFINEMENTS_OF_KNOWN : REFINEMENTS); i++) {
      int[] nearest = new Assigner(kernels, rows.codebook(), centroids).assign(rows, parallel);
      update(centroids, nearest);
    }
    return centroids;
  }

  /** Blocks of identical vectors follow each other, and all but one add work and nothing else. */
  private float[] withoutRepeats(float[] known) {
    float[] kept = new float[known.length];
    int length = 0;
    for (int from = 0; from < known.length; from += axes) {
      if (length == 0 || !Arrays.equals(known, from, from + axes, kept, length - axes, length)) {
        System.arraycopy(known, from, kept, length, axes);
        length += axes;
      }
    }
    return Arrays.copyOf(kept, length);
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

  /**
   * Trains in two levels: coarse centroids, and under each its share of the wanted ones; in more
   * where a coarse centroid has so many rows that one level would be slow.
   */
  private float[] levels(Rows part, int share, int depth, Parallel workers) throws IOException {
    int groups = Math.max(1, (int) Math.round(Math.sqrt(share)));
    float[] coarse = lloyd(part, groups, COARSE_ITERATIONS, SEED);
    int[] nearest = new Assigner(kernels, rows.codebook(), coarse).assign(part, workers);
    int[][] members = membersOf(nearest, groups);
    float[][] fine = new float[groups][];
    workers.forRange(
        groups,
        1,
        (g, end) -> {
          int size = members[g].length;
          int k = Math.max(1, (int) Math.round((double) size * share / part.count()));
          int most = MAX_FINE * groups;
          if (size == 0) {
            fine[g] = new float[0];
          } else if (k > most && size < part.count() && depth < MAX_DEPTH) {
            fine[g] = levels(part.subset(members[g]), k, depth + 1, Parallel.SEQUENTIAL);
          } else {
            // Rows that cannot be told apart need no more.
            fine[g] = lloyd(part.subset(members[g]), Math.min(k, most), FINE_ITERATIONS, SEED + g);
          }
        });
    return concatenated(fine);
  }

  private static float[] concatenated(float[][] parts) {
    int length = 0;
    for (float[] part : parts) {
      length += part.length;
    }
    float[] all = new float[length];
    int at = 0;
    for (float[] part : parts) {
      System.arraycopy(part, 0, all, at, part.length);
      at += part.length;
    }
    return all;
  }

  /** Trains k centroids on a sample of rows; layout [centroid][axis]. */
  private float[] lloyd(Rows part, int k, int iterations, long seed) {
    int[] sample = sample(part.count(), k * SAMPLE);
    float[] gathered = new float[sample.length * axes];
    for (int i = 0; i < sample.length; i++) {
      part.read(sample[i], gathered, i * axes);
    }
    float[] trained =
        KMeans.train(kernels, gathered, 0, axes, sample.length, axes, k, iterations, seed);
    return KMeans.rows(trained, axes, k);
  }

  /** Moves each centroid that has rows to their mean. */
  private void update(float[] centroids, int[] nearest) throws IOException {
    int count = centroids.length / axes;
    int[][] members = membersOf(nearest, count);
    parallel.forRange(
        count,
        64,
        (from, to) -> {
          for (int c = from; c < to; c++) {
            if (members[c].length > 0) {
              rows.mean(members[c], centroids, c * axes);
            }
          }
        });
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
