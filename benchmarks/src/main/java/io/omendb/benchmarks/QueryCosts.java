/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.benchmarks;

import io.omendb.lucene.quantize.Codebook;
import io.omendb.lucene.simd.Kernels;

/**
 * A query as the codes see it: rotated, and as a table of 8-bit partial costs. It is made as the
 * format makes its own, which is not public.
 */
final class QueryCosts {
  private final Kernels kernels = Kernels.best();
  private final Codebook codebook;
  private final float[] query;
  private final float[] rotated;
  private final byte[] steps;
  private final float[] costs;
  private final float[] dots = new float[Kernels.CENTROIDS];
  private final float[] minima;
  private final byte[] table;
  private float scale;

  QueryCosts(Codebook codebook) {
    this.codebook = codebook;
    this.query = new float[codebook.dimension()];
    this.rotated = new float[codebook.axes()];
    this.steps = new byte[codebook.axes()];
    this.costs = new float[codebook.subspaces() * Kernels.CENTROIDS];
    this.minima = new float[codebook.subspaces()];
    this.table = new byte[costs.length];
  }

  /** Takes the next query. */
  void prepare(float[] next) {
    System.arraycopy(next, 0, query, 0, query.length);
    codebook.rotate(kernels, query, 1, rotated);
    float widest = 0;
    for (int s = 0; s < minima.length; s++) {
      widest = Math.max(widest, fillCosts(s));
    }
    float factor = widest > 0 ? 255 / widest : 0;
    for (int s = 0; s < minima.length; s++) {
      int row = s * Kernels.CENTROIDS;
      for (int c = 0; c < Kernels.CENTROIDS; c++) {
        table[row + c] = (byte) (int) ((costs[row + c] - minima[s]) * factor + 0.5f);
      }
    }
    float largest = 0;
    for (float value : rotated) {
      largest = Math.max(largest, Math.abs(value));
    }
    scale = largest == 0 ? 1 : largest / Byte.MAX_VALUE;
    for (int axis = 0; axis < steps.length; axis++) {
      steps[axis] = (byte) Math.round(rotated[axis] / scale);
    }
  }

  /** Squared distances to the centroids of a subspace, up to a constant; returns their range. */
  private float fillCosts(int s) {
    kernels.multiply(
        rotated,
        codebook.offset(s),
        codebook.axes(),
        1,
        codebook.width(s),
        codebook.centroids(),
        codebook.centroidsAt(s),
        Kernels.CENTROIDS,
        dots);
    float[] norms = codebook.norms();
    int row = s * Kernels.CENTROIDS;
    float min = Float.POSITIVE_INFINITY;
    float max = Float.NEGATIVE_INFINITY;
    for (int c = 0; c < Kernels.CENTROIDS; c++) {
      float cost = norms[row + c] - 2 * dots[c];
      costs[row + c] = cost;
      min = Math.min(min, cost);
      max = Math.max(max, cost);
    }
    minima[s] = min;
    return max - min;
  }

  /** Cost of one code. */
  int cost(byte[] codes, int offset) {
    int cost = 0;
    for (int s = 0; s < minima.length; s++) {
      cost += table[s * Kernels.CENTROIDS + (codes[offset + s] & 0xFF)] & 0xFF;
    }
    return cost;
  }

  /** 8-bit partial costs, layout [subspace][centroid]; not to be changed. */
  byte[] table() {
    return table;
  }

  /** The rotated query; not to be changed. */
  float[] rotated() {
    return rotated;
  }

  /** The rotated query in steps of {@link #scale}; not to be changed. */
  byte[] steps() {
    return steps;
  }

  float scale() {
    return scale;
  }
}
