/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene.observe;

/**
 * What one search of one segment did.
 *
 * @param regime which way it went
 * @param blocks blocks of codes read
 * @param codes codes scored, at most 64 a block
 * @param rows raw vectors scored
 * @param tableNanos time to turn the query into a table; 0 where neither codes nor blocks are
 *     scored
 * @param probeNanos time to rank blocks and to score codes
 * @param rerankNanos time to read and score raw vectors
 */
public record SearchCost(
    Regime regime,
    int blocks,
    int codes,
    int rows,
    long tableNanos,
    long probeNanos,
    long rerankNanos) {

  /** The way of a search. */
  public enum Regime {
    /** Raw vectors of all accepted documents, without a look at codes: an exact search. */
    RAW,
    /** Codes of what a filter leaves, and of nothing else. */
    FEW,
    /** Raw vectors of what a filter leaves in the nearest blocks, found in memory; no codes. */
    ROWS,
    /** Blocks of codes, nearest first, a filter applied to what can compete. */
    BLOCKS
  }
}
