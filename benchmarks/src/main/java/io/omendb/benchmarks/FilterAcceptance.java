/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.benchmarks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Recall under filters: random ones, every value of the metadata, the topic of the query. */
final class FilterAcceptance {
  private static final String CHECK = "filters";

  /** Queries have a value in it too: that of the text they come from. */
  private static final String TOPIC = "lexname";

  private final VectorSet set;
  private final List<String> columns;
  private final List<FilterCase> cases;
  private final Bounds bounds;
  private final Checks checks;
  private final ExactSearch exact;

  FilterAcceptance(
      VectorSet set,
      List<String> columns,
      int[] places,
      Bounds bounds,
      Checks checks,
      ExactSearch exact) {
    this.set = set;
    this.columns = columns;
    this.cases = FilterCase.all(set, columns, places);
    this.bounds = bounds;
    this.checks = checks;
    this.exact = exact;
  }

  /**
   * Runs every query under every filter.
   *
   * @param retrieval has the queries
   * @param numbers their numbers in the set
   */
  void check(Retrieval retrieval, float[][] queries, int[] numbers, int k) throws IOException {
    int[][] filtersOfRow = FilterCase.filtersOfRow(cases, set.base().length);
    ExactSearch.Answers answers =
        exact.answers(VectorSet.unitLength(queries), k, cases.size(), filtersOfRow);
    int[] all = new int[queries.length];
    Arrays.setAll(all, q -> q);
    Retrieval.Outcome[][] outcomes = new Retrieval.Outcome[cases.size()][];
    Progress progress = new Progress("search, " + CHECK, cases.size());
    for (int f = 0; f < outcomes.length; f++) {
      float[] bars = answers.bars()[f];
      outcomes[f] = retrieval.run(cases.get(f).query(), all, bars, answers.size(f));
      progress.step(1);
    }
    progress.done();
    int wrong = 0;
    double scoreError = 0;
    for (int f = 0; f < outcomes.length; f++) {
      FilterCase filter = cases.get(f);
      double recall = Retrieval.recall(outcomes[f]);
      int wrongHere = Retrieval.wrongCount(outcomes[f], answers.size(f));
      if (wrongHere > 0) {
        System.err.println("  " + filter.value() + ": " + wrongHere + " queries with other counts");
      }
      wrong += wrongHere;
      scoreError = Math.max(scoreError, Retrieval.scoreError(outcomes[f]));
      String measure = "recall@" + k + ", " + name(filter) + ", " + answers.matching()[f];
      if (filter.column() == null) {
        checks.atLeast(set.name(), CHECK, measure, recall, bounds.minFilteredRecall);
      } else {
        checks.note(set.name(), CHECK, measure, recall);
      }
    }
    for (String column : columns) {
      checkColumn(column, outcomes, k);
    }
    checkTopics(outcomes, numbers, k);
    checks.atMost(set.name(), CHECK, "queries without min(" + k + ", matching) hits", wrong, 0);
    checks.atMost(set.name(), CHECK, "error of scores", scoreError, bounds.maxScoreError);
  }

  private static String name(FilterCase filter) {
    return filter.column() == null
        ? "random " + filter.value()
        : filter.column() + "=" + filter.value();
  }

  private void checkColumn(String column, Retrieval.Outcome[][] outcomes, int k) {
    double sum = 0;
    int values = 0;
    double worst = 1;
    String worstValue = "";
    for (int f = 0; f < outcomes.length; f++) {
      if (column.equals(cases.get(f).column())) {
        double recall = Retrieval.recall(outcomes[f]);
        sum += recall;
        values++;
        if (recall <= worst) {
          worst = recall;
          worstValue = cases.get(f).value();
        }
      }
    }
    String mean = "recall@" + k + ", " + column + ", mean of " + values + " values";
    checks.atLeast(set.name(), CHECK, mean, sum / values, bounds.minFilteredRecall);
    String least = "recall@" + k + ", " + column + ", worst value " + worstValue;
    checks.atLeast(set.name(), CHECK, least, worst, bounds.minWorstRecall);
  }

  /** Each query under the filter of its own topic. */
  private void checkTopics(Retrieval.Outcome[][] outcomes, int[] numbers, int k) {
    String[] topics = set.queryColumns().get(TOPIC);
    if (topics == null || !columns.contains(TOPIC)) {
      return;
    }
    List<Retrieval.Outcome> own = new ArrayList<>();
    for (int q = 0; q < numbers.length; q++) {
      for (int f = 0; f < outcomes.length; f++) {
        FilterCase filter = cases.get(f);
        if (TOPIC.equals(filter.column()) && filter.value().equals(topics[numbers[q]])) {
          own.add(outcomes[f][q]);
        }
      }
    }
    double recall = Retrieval.recall(own.toArray(Retrieval.Outcome[]::new));
    String measure = "recall@" + k + ", " + TOPIC + " of the query";
    checks.atLeast(set.name(), CHECK, measure, recall, bounds.minFilteredRecall);
  }
}
