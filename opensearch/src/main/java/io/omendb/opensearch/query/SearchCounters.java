/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.opensearch.query;

import java.util.concurrent.atomic.LongAdder;

/** What searches of one field did in one copy of a shard since it was opened; shared by threads. */
public final class SearchCounters {
  private final LongAdder queries = new LongAdder();
  private final LongAdder visited = new LongAdder();
  private final LongAdder exactFallbacks = new LongAdder();

  void query() {
    queries.increment();
  }

  void visited(long vectors) {
    visited.add(vectors);
  }

  void exactFallback(long vectors) {
    exactFallbacks.increment();
    visited.add(vectors);
  }

  /** Searches. */
  public long queries() {
    return queries.sum();
  }

  /** Vectors whose codes or values were compared with a query. */
  public long visited() {
    return visited.sum();
  }

  /** Segments that were searched by comparing all accepted vectors, because a filter left few. */
  public long exactFallbacks() {
    return exactFallbacks.sum();
  }
}
