/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.benchmarks.compare;

import io.omendb.benchmarks.ExactSearch;
import io.omendb.benchmarks.RandomFilters;
import io.omendb.lucene.quantize.Parallel;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The right answers to some queries, without a filter and under random ones. */
public final class Truth {
  private final ExactSearch exact;
  private final float[][] queries;
  private final RandomFilters filters;
  private final ExactSearch.Answers answers;
  private final List<RowFilter> rowFilters = new ArrayList<>();

  /** Finds the answers by looking at all rows; rows and queries are of unit length. */
  public Truth(float[][] rows, float[][] queries, int k, List<Double> shares, Parallel parallel)
      throws IOException {
    this.exact = new ExactSearch(rows, parallel);
    this.queries = queries;
    this.filters = new RandomFilters(rows.length, shares);
    this.answers = exact.answers(queries, k, filters.count(), filters.filtersOfRow());
    rowFilters.add(null);
    for (int filter = 1; filter < filters.count(); filter++) {
      rowFilters.add(new RowFilter(filters.name(filter), filters.accepted(filter)));
    }
  }

  float[][] queries() {
    return queries;
  }

  int k() {
    return answers.k();
  }

  /** Number of filters; the first is none. */
  int filters() {
    return filters.count();
  }

  String name(int filter) {
    return filters.name(filter);
  }

  /** A filter, null for the first. */
  RowFilter filter(int filter) {
    return rowFilters.get(filter);
  }

  /** Score of the last right answer to a query. */
  public float bar(int filter, int query) {
    return answers.bars()[filter][query];
  }

  /** Recall of a setting over all queries. */
  double recall(PeerIndex.RowSearcher searcher, Setting setting) throws IOException {
    double recall = 0;
    for (int q = 0; q < queries.length; q++) {
      recall += recall(0, q, searcher.search(queries[q], k(), setting, null)) / queries.length;
    }
    return recall;
  }

  /** Share of the right answers among those found. */
  double recall(int filter, int query, int[] found) {
    int size = answers.size(filter);
    if (size == 0) {
      return 1;
    }
    Set<Integer> right = new HashSet<>();
    for (int row : found) {
      if (ExactSearch.reaches(exact.score(queries[query], row), bar(filter, query))) {
        right.add(row);
      }
    }
    return (double) Math.min(size, right.size()) / size;
  }
}
