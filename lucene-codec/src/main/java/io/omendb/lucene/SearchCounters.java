/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene;

import io.omendb.lucene.observe.SearchCost;
import java.util.concurrent.atomic.LongAdder;

/** Sums of what the searches of a field of an open segment did. */
final class SearchCounters {
  private final LongAdder searches = new LongAdder();
  private final LongAdder exactSearches = new LongAdder();
  private final LongAdder codes = new LongAdder();
  private final LongAdder rows = new LongAdder();

  void add(SearchCost cost) {
    searches.increment();
    if (cost.regime() == SearchCost.Regime.RAW) {
      exactSearches.increment();
    }
    codes.add(cost.codes());
    rows.add(cost.rows());
  }

  SegmentStats.Searches sums() {
    return new SegmentStats.Searches(searches.sum(), exactSearches.sum(), codes.sum(), rows.sum());
  }
}
