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
  private final Kernels kernels;
  private final int dimension;
  private final int k;

  /** Centroids, layout [dimension][centroid], as {@link Kernels#multiply} reads them. */
  private final float[] centroids;

  /** Squared length of each centroid. */
  private final float[] norms;

  /** Rows as {@link Kernels#nearest} reads them. */
  private final float[] panel;

  private final int[] nearest = new int[Kernels.PANEL_ROWS];
  private final float[] distances = new float[Kernels.PANEL_ROWS];

  private KMeans(Kernels kernels, int dimension, float[] centroids) {
    this.kernels = kernels;
    this.dimension = dimension;
    this.k = centroids.length / dimension;
    this.centroids = centroids;
    this.norms = new float[k];
    this.panel = new float[dimension * Kernels.PANEL_ROWS];
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
    KMeans means = new KMeans(kernels, dimension, new float[dimension * k]);
    means.iterate(rows, offset, stride, count, iterations, seed);
    return means.centroids;
  }

  /**
   * The nearest of some centroids for each row.
   *
   * @param centroids layout [dimension][centroid]
   */
  public static int[] nearest(
      Kernels kernels,
      float[] rows,
      int offset,
      int stride,
      int count,
      int dimension,
      float[] centroids) {
    KMeans means = new KMeans(kernels, dimension, centroids);
    int[] assignment = new int[count];
    means.assign(rows, offset, stride, count, assignment);
    return assignment;
  }

  /** Centroids with the layout [centroid][dimension], of those with [dimension][centroid]. */
  public static float[] rows(float[] centroids, int dimension, int k) {
    float[] rows = new float[k * dimension];
    for (int c = 0; c < k; c++) {
      for (int d = 0; d < dimension; d++) {
        rows[c * dimension + d] = centroids[d * k + c];
      }
    }
    return rows;
  }

  private void iterate(float[] rows, int offset, int stride, int count, int iterations, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int[] first = sample(random, count, k);
    for (int c = 0; c < k; c++) {
      setCentroid(c, rows, offset + first[c % first.length] * stride);
    }
    int[] assignment = new int[count];
    for (int i = 0; i < iterations; i++) {
      assign(rows, offset, stride, count, assignment);
      update(rows, offset, stride, count, assignment, random);
    }
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
    for (int i = 0; i < count; i += Kernels.PANEL_ROWS) {
      int batch = Math.min(Kernels.PANEL_ROWS, count - i);
      fillPanel(rows, offset + i * stride, stride, batch, dimension, panel);
      kernels.nearest(panel, dimension, centroids, 0, norms, 0, k, nearest, distances);
      System.arraycopy(nearest, 0, assignment, i, batch);
    }
  }

  /**
   * Copies vectors to a panel, {@code panel[axis * PANEL_ROWS + row]}.
   *
   * @param rows row-major; row {@code i} begins at {@code offset + i * stride}
   * @param count number of rows, at most {@link Kernels#PANEL_ROWS}
   */
  static void fillPanel(
      float[] rows, int offset, int stride, int count, int dimension, float[] panel) {
    for (int row = 0; row < count; row++) {
      int from = offset + row * stride;
      for (int d = 0; d < dimension; d++) {
        panel[d * Kernels.PANEL_ROWS + row] = rows[from + d];
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
