/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene.quantize;

import io.omendb.lucene.simd.Kernels;
import java.util.SplittableRandom;

/**
 * Lloyd's k-means, seeded and independent of the number of threads: the same rows give the same
 * centroids. Source: S. Lloyd, Least squares quantization in PCM, 1982.
 */
public final class KMeans {
  /** Rows whose distances are computed by one matrix product. */
  private static final int BATCH = 64;

  private final Kernels kernels;
  private final int dimension;
  private final int k;

  /** Centroids, layout [dimension][centroid], as {@link Kernels#multiply} reads them. */
  private final float[] centroids;

  /** Squared length of each centroid. */
  private final float[] norms;

  private final float[] dots;

  private KMeans(Kernels kernels, int dimension, int k) {
    this.kernels = kernels;
    this.dimension = dimension;
    this.k = k;
    this.centroids = new float[dimension * k];
    this.norms = new float[k];
    this.dots = new float[BATCH * k];
  }

  /**
   * Trains {@code k} centroids.
   *
   * @param rows vectors, row-major; row {@code i} begins at {@code offset + i * stride}
   * @param count number of rows, at least 1; may be less than {@code k}, then centroids repeat
   * @param iterations rounds of Lloyd's algorithm
   * @return centroids, layout [dimension][centroid]
   */
  public static float[] train(
      Kernels kernels,
      float[] rows,
      int offset,
      int stride,
      int count,
      int dimension,
      int k,
      int iterations,
      long seed) {
    KMeans means = new KMeans(kernels, dimension, k);
    SplittableRandom random = new SplittableRandom(seed);
    int[] first = sample(random, count, k);
    for (int c = 0; c < k; c++) {
      means.setCentroid(c, rows, offset + first[c % first.length] * stride);
    }
    int[] assignment = new int[count];
    for (int i = 0; i < iterations; i++) {
      means.assign(rows, offset, stride, count, assignment);
      means.update(rows, offset, stride, count, assignment, random);
    }
    return means.centroids;
  }

  /** Squared lengths of centroids given as [dimension][centroid]. */
  public static float[] squaredNorms(float[] centroids, int offset, int dimension, int k) {
    float[] norms = new float[k];
    for (int d = 0; d < dimension; d++) {
      for (int c = 0; c < k; c++) {
        float value = centroids[offset + d * k + c];
        norms[c] += value * value;
      }
    }
    return norms;
  }

  /** Distinct numbers below {@code count}, ascending, at most {@code wanted} of them. */
  static int[] sample(SplittableRandom random, int count, int wanted) {
    int size = Math.min(count, wanted);
    int[] chosen = new int[size];
    // Selection sampling (Knuth, volume 2, algorithm S).
    for (int i = 0, taken = 0; taken < size; i++) {
      if ((count - i) * random.nextDouble() < size - taken) {
        chosen[taken++] = i;
      }
    }
    return chosen;
  }

  private void setCentroid(int c, float[] rows, int row) {
    for (int d = 0; d < dimension; d++) {
      centroids[d * k + c] = rows[row + d];
    }
  }

  private void assign(float[] rows, int offset, int stride, int count, int[] assignment) {
    System.arraycopy(squaredNorms(centroids, 0, dimension, k), 0, norms, 0, k);
    for (int i = 0; i < count; i += BATCH) {
      int batch = Math.min(BATCH, count - i);
      kernels.multiply(rows, offset + i * stride, stride, batch, dimension, centroids, 0, k, dots);
      for (int r = 0; r < batch; r++) {
        assignment[i + r] = kernels.nearest(dots, r * k, norms, 0, k);
      }
    }
  }

  private void update(
      float[] rows, int offset, int stride, int count, int[] assignment, SplittableRandom random) {
    double[] sums = new double[k * dimension];
    int[] members = new int[k];
    for (int i = 0; i < count; i++) {
      int c = assignment[i];
      members[c]++;
      int row = offset + i * stride;
      for (int d = 0; d < dimension; d++) {
        sums[c * dimension + d] += rows[row + d];
      }
    }
    for (int c = 0; c < k; c++) {
      if (members[c] == 0) {
        // An empty cluster restarts at a random row, so that no code value is wasted.
        setCentroid(c, rows, offset + random.nextInt(count) * stride);
        continue;
      }
      for (int d = 0; d < dimension; d++) {
        centroids[d * k + c] = (float) (sums[c * dimension + d] / members[c]);
      }
    }
  }
}
