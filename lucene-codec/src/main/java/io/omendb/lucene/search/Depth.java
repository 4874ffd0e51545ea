/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene.search;

/**
 * How deep a search goes. The numbers are measured on real embeddings; the architecture document
 * has the figures.
 *
 * @param minRows vectors reranked with their raw values at least
 * @param maxRows vectors reranked at most
 * @param margin a vector is reranked when its cost is within this many deviations of the error of
 *     costs from that of the k-th best
 * @param strong a vector that enters this many best by code keeps the search going
 * @param minProbes blocks scanned at least, where no filter rejects vectors
 * @param patience blocks scanned without a strong newcomer before the search ends, likewise
 */
record Depth(int minRows, int maxRows, double margin, int strong, int minProbes, int patience) {
  /** Representatives rescored for each block that may be scanned, as binary codes err. */
  private static final int RANKED_PER_PROBE = 4;

  /**
   * A filter that leaves less than this share of the vectors makes a search look closer: what it
   * leaves near the query may be one tight cluster far away, where the codes tell least.
   */
  private static final double FILTERED = 0.9;

  /** The margin of a filter that does, in margins without one. */
  private static final double FILTERED_MARGIN = 1.25;

  /** Deviations up to which a vector is reranked, where a row has so many bytes and more. */
  private static final double MARGIN = 2;

  private static final int LONG_ROW = 3072;

  /** Rows that are reranked however few results are wanted. */
  private static final int LEAST_ROWS = 16;

  /** What becomes of the margin, and of blocks, where rows are read from a disk. */
  private static final double COLD_MARGIN = 0.75;

  private static final int COLD_PROBES = 4;

  /** Beyond every segment; keeps sums of depths from overflowing. */
  private static final int MAX = 1 << 28;

  /**
   * The default depth.
   *
   * @param k results wanted
   * @param factor on the depth that is meant for recall@10 of 0.95 on text embeddings
   * @param accepted share of the vectors that pass the filter, in (0, 1]
   * @param rowBytes length of a raw vector, at least 1
   */
  static Depth of(int k, float factor, double accepted, int rowBytes) {
    double root = Math.sqrt(k);
    int minRows = rounded(Math.max(factor * LEAST_ROWS, k + factor * 8 * root));
    return new Depth(
        minRows,
        rounded(k + factor * 150 * root),
        // Rows grow much faster than the margin: with this root, blocks and rows grow alike.
        Math.cbrt(factor) * margin(rowBytes) * (accepted < FILTERED ? FILTERED_MARGIN : 1),
        // What is reranked in any case is strong, so that it is on the shortlist.
        Math.max(minRows, rounded(k + factor * 10 * root)),
        rounded(factor * 60),
        rounded(factor * 90));
  }

  /** Short rows take less time than the blocks that would have to make up for them. */
  private static double margin(int rowBytes) {
    // The eighth root.
    return MARGIN * Math.sqrt(Math.sqrt(Math.sqrt(Math.max(1, (double) LONG_ROW / rowBytes))));
  }

  private static int rounded(double value) {
    return (int) Math.min(MAX, Math.ceil(value));
  }

  /** The same search, four times as deep. */
  Depth deeper() {
    return new Depth(
        rounded(4.0 * minRows),
        rounded(4.0 * maxRows),
        margin,
        strong,
        rounded(4.0 * minProbes),
        rounded(4.0 * patience));
  }

  /**
   * About the same recall by more blocks and two fifths fewer rows: these are what takes time where
   * they are read from a disk.
   */
  Depth sparingRows() {
    return new Depth(
        minRows,
        maxRows,
        COLD_MARGIN * margin,
        strong,
        rounded((double) COLD_PROBES * minProbes),
        rounded((double) COLD_PROBES * patience));
  }

  /**
   * Blocks that a search probably does not exceed.
   *
   * @param accepted share of the vectors that pass the filter
   */
  int ranked(double accepted) {
    return rounded(RANKED_PER_PROBE * ((double) minProbes + patience) / accepted);
  }
}
