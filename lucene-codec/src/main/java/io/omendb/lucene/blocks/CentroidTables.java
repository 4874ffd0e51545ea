/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene.blocks;

import io.omendb.lucene.quantize.Codebook;
import io.omendb.lucene.simd.Kernels;
import java.util.Arrays;

/**
 * Centroids as queries: squared distances from each to all vectors are sums of partial distances in
 * 8 bits, looked up by the vectors' codes. One step for all centroids lets their sums compare.
 */
final class CentroidTables {
  private static final int MAX_STEPS = 255;

  /**
   * What a table spans, in upper quartiles of the squared lengths of codebook entries: centroids
   * are shorter than vectors, and partial distances beyond that belong to vectors far away.
   */
  private static final float SPAN = 8;

  /** What a table spans at least, in upper quartiles of one subspace: one may hold nearly all. */
  private static final float LEAST_SPAN = 0.25f;

  /** More than the sums of near vectors, and with any sum below what 16 bits hold. */
  private static final int MAX_OFFSET = 16_384;

  private final byte[][] tables;
  private final int[] offsets;

  /**
   * Makes tables.
   *
   * @param centroids layout [centroid][axis]
   * @param chosen which centroids
   * @param step from {@link #step}
   */
  CentroidTables(Kernels kernels, Codebook codebook, float[] centroids, int[] chosen, float step) {
    int axes = codebook.axes();
    int size = Kernels.CENTROIDS;
    tables = new byte[chosen.length][codebook.subspaces() * size];
    float[] origins = new float[chosen.length];
    float[] rows = new float[chosen.length * axes];
    for (int i = 0; i < chosen.length; i++) {
      System.arraycopy(centroids, chosen[i] * axes, rows, i * axes, axes);
    }
    float[] costs = new float[chosen.length * size];
    byte[] steps = new byte[costs.length];
    float[] norms = codebook.norms();
    float[] ofCodes = codebook.centroids().values();
    for (int s = 0; s < codebook.subspaces(); s++) {
      int from = codebook.offset(s);
      int width = codebook.width(s);
      kernels.multiply(
          rows, from, axes, chosen.length, width, ofCodes, codebook.centroidsAt(s), size, costs);
      for (int i = 0; i < chosen.length; i++) {
        float squared = 0;
        for (int axis = from; axis < from + width; axis++) {
          squared += rows[i * axes + axis] * rows[i * axes + axis];
        }
        float least = Float.POSITIVE_INFINITY;
        for (int c = 0; c < size; c++) {
          float distance = norms[s * size + c] - 2 * costs[i * size + c];
          costs[i * size + c] = distance;
          least = Math.min(least, distance);
        }
        origins[i] += Math.max(0, squared + least);
        kernels.quantize(costs, i * size, size, least, 1 / step, steps);
        System.arraycopy(steps, i * size, tables[i], s * size, size);
      }
    }
    offsets = new int[chosen.length];
    for (int i = 0; i < offsets.length; i++) {
      offsets[i] = Math.round(Math.min(MAX_OFFSET, origins[i] / step));
    }
  }

  /** A step that suits all centroids of vectors coded by a codebook. */
  static float step(Codebook codebook) {
    float[] norms = codebook.norms().clone();
    float widest = 0;
    for (int from = 0; from < norms.length; from += Kernels.CENTROIDS) {
      Arrays.sort(norms, from, from + Kernels.CENTROIDS);
      widest = Math.max(widest, norms[from + Kernels.CENTROIDS * 3 / 4]);
    }
    Arrays.sort(norms);
    float usual = norms[norms.length * 3 / 4];
    float most = norms[norms.length - 1];
    float span = usual > 0 ? Math.max(SPAN * usual, LEAST_SPAN * widest) : SPAN * most;
    return span > 0 ? span / MAX_STEPS : 1;
  }

  /** Number of centroids. */
  int count() {
    return tables.length;
  }

  /** Partial distances of a centroid, layout [subspace][code]. */
  byte[] table(int i) {
    return tables[i];
  }

  /** What is added to each sum of a centroid's table. */
  int offset(int i) {
    return offsets[i];
  }
}
