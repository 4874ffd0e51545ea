/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.benchmarks.compare;

import static java.util.Locale.ROOT;

import io.omendb.benchmarks.Curve;
import io.omendb.benchmarks.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** Queries a second of all curves at the same recall. */
public final class EqualRecall {
  /** At which curves are compared. */
  private static final double[] RECALLS = {.90, .95, .99};

  private EqualRecall() {}

  /** What was measured together. */
  private record Group(String set, int rows, String situation, int k, int threads, String curve) {}

  /** One line for each curve. */
  public static Table table(List<Figure> figures) {
    Map<Group, List<Curve.Point>> points = new LinkedHashMap<>();
    for (Figure figure : figures) {
      boolean curve = !figure.situation().equals(Situation.INDEXING.text());
      if (curve && figure.measure().equals("qps")) {
        Group group =
            new Group(
                figure.set(),
                figure.rows(),
                figure.situation(),
                figure.k(),
                figure.threads(),
                figure.curve());
        points
            .computeIfAbsent(group, each -> new ArrayList<>())
            .add(new Curve.Point(figure.recall(), figure.value()));
      }
    }
    Table table =
        new Table(
            "set",
            "situation",
            "k",
            "threads",
            "curve",
            "qps at .90",
            "qps at .95",
            "qps at .99",
            "best recall");
    points.forEach((group, measured) -> {
      Curve curve = new Curve(measured);
      String[] qps = new String[RECALLS.length];
      for (int i = 0; i < qps.length; i++) {
        OptionalDouble at = curve.qpsAt(RECALLS[i]);
        qps[i] = at.isPresent() ? String.format(ROOT, "%.0f", at.getAsDouble()) : "not reached";
      }
      double best = measured.stream().mapToDouble(Curve.Point::recall).max().orElseThrow();
      table.add(
          group.set,
          group.situation,
          Integer.toString(group.k),
          Integer.toString(group.threads),
          group.curve,
          qps[0],
          qps[1],
          qps[2],
          String.format(ROOT, "%.4f", best));
    });
    return table;
  }
}
