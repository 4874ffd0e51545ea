/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.benchmarks.plot;

import static java.util.Locale.ROOT;

import io.omendb.benchmarks.Table;
import io.omendb.benchmarks.compare.Figure;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Latency of the quickest setting of each curve that reaches a recall, over one segment. */
final class LatencyTable {
  private static final double RECALL = .95;

  private LatencyTable() {}

  /** What was measured together. */
  private record Group(String set, int k, int threads, String curve) {}

  static Table of(List<Figure> figures) {
    Map<Group, Figure> quickest = new LinkedHashMap<>();
    for (Figure figure : figures) {
      if (figure.situation().equals("one")
          && figure.measure().equals("p50 us")
          && figure.recall() >= RECALL) {
        Group group = new Group(figure.set(), figure.k(), figure.threads(), figure.curve());
        quickest.merge(group, figure, (one, other) -> one.value() <= other.value() ? one : other);
      }
    }
    Table table =
        new Table("set", "k", "threads", "curve", "setting", "recall", "p50 ms", "p99 ms");
    quickest.forEach((group, p50) ->
        table.add(
            group.set,
            Integer.toString(group.k),
            Integer.toString(group.threads),
            group.curve,
            p50.knob(),
            String.format(ROOT, "%.4f", p50.recall()),
            millis(p50),
            millis(p99(figures, p50))));
    return table;
  }

  private static Figure p99(List<Figure> figures, Figure p50) {
    return figures.stream()
        .filter(figure -> figure.measure().equals("p99 us"))
        .filter(figure -> figure.set().equals(p50.set()) && figure.situation().equals("one"))
        .filter(figure -> figure.k() == p50.k() && figure.threads() == p50.threads())
        .filter(figure -> figure.curve().equals(p50.curve()) && figure.knob().equals(p50.knob()))
        .findFirst()
        .orElseThrow();
  }

  private static String millis(Figure micros) {
    return String.format(ROOT, "%.2f", micros.value() / 1e3);
  }
}
