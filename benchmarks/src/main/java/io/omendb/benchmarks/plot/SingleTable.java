/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.benchmarks.plot;

import static java.util.Locale.ROOT;

import io.omendb.benchmarks.Table;
import io.omendb.benchmarks.compare.Figure;
import java.util.List;
import java.util.Set;

/** Figures of the situations in which each peer runs with one setting only. */
final class SingleTable {
  private static final Set<String> SITUATIONS = Set.of("cold", "indexing");

  private SingleTable() {}

  static Table of(List<Figure> figures) {
    Table table =
        new Table(
            "set", "situation", "k", "curve", "setting", "recall", "measure", "median", "range");
    for (Figure figure : figures) {
      if (SITUATIONS.contains(figure.situation())) {
        table.add(
            figure.set(),
            figure.situation(),
            Integer.toString(figure.k()),
            figure.curve(),
            figure.knob(),
            String.format(ROOT, "%.4f", figure.recall()),
            figure.measure(),
            number(figure.value()),
            number(figure.least()) + " to " + number(figure.most()));
      }
    }
    return table;
  }

  private static String number(double value) {
    return String.format(ROOT, value >= 100 ? "%,.0f" : "%.2f", value);
  }
}
