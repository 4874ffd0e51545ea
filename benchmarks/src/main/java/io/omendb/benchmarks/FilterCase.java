/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.benchmarks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import org.apache.lucene.document.IntField;
import org.apache.lucene.document.KeywordField;
import org.apache.lucene.search.Query;

/**
 * A filter, as a query and as a test of rows.
 *
 * @param column the column whose value it demands, null if it draws rows at random
 * @param value the value, or how much is drawn
 */
record FilterCase(String column, String value, Query query, IntPredicate rows) {
  private static final double[] SHARES = {.5, .1, .01, .001};

  /** Random shares, one single document, and every value of some columns. */
  static List<FilterCase> all(VectorSet set, List<String> columns, int[] places) {
    List<FilterCase> cases = new ArrayList<>();
    for (double share : SHARES) {
      int drawn = Math.max(1, (int) Math.round(share * places.length));
      cases.add(drawn(100 * share + " %", drawn, places));
    }
    cases.add(drawn("one document", 1, places));
    for (String column : columns) {
      String[] values = set.baseColumns().get(column);
      for (String value : new TreeSet<>(Arrays.asList(values))) {
        Query query = KeywordField.newExactQuery(column, value);
        cases.add(new FilterCase(column, value, query, row -> values[row].equals(value)));
      }
    }
    return cases;
  }

  private static FilterCase drawn(String name, int count, int[] places) {
    Query query = IntField.newRangeQuery(VectorIndex.RANDOM, 0, count - 1);
    return new FilterCase(null, name, query, row -> places[row] < count);
  }

  /** Numbers of the filters that each row passes. */
  static int[][] filtersOfRow(List<FilterCase> cases, int rows) {
    int[][] filtersOfRow = new int[rows][];
    int[] passed = new int[cases.size()];
    for (int row = 0; row < rows; row++) {
      int length = 0;
      for (int f = 0; f < passed.length; f++) {
        if (cases.get(f).rows.test(row)) {
          passed[length++] = f;
        }
      }
      filtersOfRow[row] = Arrays.copyOf(passed, length);
    }
    return filtersOfRow;
  }
}
