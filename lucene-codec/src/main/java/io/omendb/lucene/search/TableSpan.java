/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene.search;

import io.omendb.lucene.simd.Kernels;
import java.util.Arrays;

/**
 * How much the 255 steps of a table span: the greatest span of the partial costs of a subspace,
 * less what lies far beyond the usual.
 */
final class TableSpan {
  /**
   * Most that a table of distances spans, in lower quartiles of the partial costs of a subspace:
   * near vectors cost less than that in all subspaces together.
   */
  private static final float MAX_QUARTILES = 100;

  /**
   * How far, in interquartile ranges, the greatest partial cost of a dot product may lie above the
   * upper quartile: long vectors on the other side of the query compete for nothing.
   */
  private static final float MAX_OUTLYING = 1;

  /** Every so manieth partial cost tells the quartiles. */
  private static final int SAMPLE_STEP = 32;

  /** Partial costs of one subspace, sorted. */
  private final float[] sample = new float[Kernels.CENTROIDS / SAMPLE_STEP];

  /**
   * The greatest span, with nothing left out.
   *
   * @param minima least partial cost of each subspace
   * @param maxima greatest partial cost of each subspace
   */
  static float greatest(float[] minima, float[] maxima) {
    float widest = 0;
    for (int s = 0; s < minima.length; s++) {
      widest = Math.max(widest, maxima[s] - minima[s]);
    }
    return widest;
  }

  /**
   * Span of a table of distances.
   *
   * @param costs partial costs, layout [subspace][centroid]
   * @param least what it spans at least, unless no costs lie that far apart
   */
  float ofDistances(float[] costs, float[] minima, float[] maxima, float least) {
    float quartiles = 0;
    for (int s = 0; s < minima.length; s++) {
      sampleCosts(costs, s);
      quartiles += sample[sample.length / 4] - minima[s];
    }
    float widest = greatest(minima, maxima);
    float cut = MAX_QUARTILES * quartiles / minima.length;
    return quartiles == 0 ? widest : Math.min(widest, Math.max(cut, least));
  }

  /** Span of a table of dot products. */
  float ofDotProducts(float[] costs, float[] minima, float[] maxima) {
    float widest = 0;
    for (int s = 0; s < minima.length; s++) {
      sampleCosts(costs, s);
      float lower = sample[sample.length / 4];
      float upper = sample[sample.length * 3 / 4];
      float max =
          lower < upper ? Math.min(maxima[s], upper + MAX_OUTLYING * (upper - lower)) : maxima[s];
      widest = Math.max(widest, max - minima[s]);
    }
    return widest;
  }

  private void sampleCosts(float[] costs, int subspace) {
    for (int i = 0; i < sample.length; i++) {
      sample[i] = costs[subspace * Kernels.CENTROIDS + i * SAMPLE_STEP];
    }
    Arrays.sort(sample);
  }
}
