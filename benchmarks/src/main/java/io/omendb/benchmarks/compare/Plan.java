/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.benchmarks.compare;

import java.util.List;

/**
 * How much to measure.
 *
 * @param searchThreads numbers of threads that search one segment; elsewhere one thread searches
 * @param indexThreads threads that index all rows
 * @param builds of an index at most, see {@link BuiltIndexes}
 * @param rateRows rows that one thread indexes for its rate
 * @param segments of the index that has several
 * @param rounds each point is measured so often
 * @param seconds and for so long
 * @param shares of the rows that filters accept
 * @param memoryShare of the bytes of the raw vectors, what may be cached where memory is limited
 */
public record Plan(
    List<Peer> peers,
    List<Integer> searchThreads,
    int indexThreads,
    int builds,
    int rateRows,
    int segments,
    int rounds,
    double seconds,
    List<Double> shares,
    double memoryShare) {
  /** Refuses what cannot be measured. */
  public Plan {
    positive("--index-threads", indexThreads);
    positive("builds", builds);
    positive("--rate-rows", rateRows);
    positive("--segments", segments);
    positive("--rounds", rounds);
    positive("--seconds", seconds);
    positive("--memory", memoryShare);
    searchThreads.forEach(threads -> positive("--search-threads", threads));
  }

  private static void positive(String name, double value) {
    if (!(value > 0)) {
      throw new IllegalArgumentException(name + " must be positive, is " + value);
    }
  }
}
