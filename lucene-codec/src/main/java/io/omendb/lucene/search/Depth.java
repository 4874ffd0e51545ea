/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene.search;

/**
 * How deep a search goes. The numbers are measured on real embeddings; the architecture document
 * has the figures.
 *
 * @param shortlist vectors that are reranked with their raw values
 * @param strong a vector that enters this many best by code keeps the search going
 * @param minProbes blocks scanned at least
 * @param patience blocks scanned without a strong newcomer before the search ends
 */
record Depth(int shortlist, int strong, int minProbes, int patience) {
  /** Representatives rescored exactly for each block that may be scanned, as binary codes err. */
  private static final int RANKED_PER_PROBE = 4;

  /** Beyond every segment; keeps sums of depths from overflowing. */
  private static final int MAX = 1 << 28;

  /**
   * The default depth.
   *
   * @param k results wanted
   * @param factor the search depth of the segment
   * @param accepted share of the vectors that pass the filter, in (0, 1]
   */
  static Depth of(int k, float factor, double accepted) {
    double root = Math.sqrt(k);
    return new Depth(
        rounded(factor * (k + 40 * root)),
        rounded(Math.max(1, factor) * (k + 10 * root)),
        rounded(factor * 60 / accepted),
        rounded(factor * 90 / accepted));
  }

  private static int rounded(double value) {
    return (int) Math.min(MAX, Math.ceil(value));
  }

  /** The same search, four times as deep. */
  Depth deeper() {
    return new Depth(
        rounded(4.0 * shortlist), strong, rounded(4.0 * minProbes), rounded(4.0 * patience));
  }

  /** Blocks that a search probably does not exceed. */
  int ranked() {
    return rounded((double) RANKED_PER_PROBE * (minProbes + patience));
  }
}
