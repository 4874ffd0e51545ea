/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.benchmarks.compare;

import io.omendb.benchmarks.Table;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What indexes cost: time, heap, bytes. */
public final class IndexCosts {
  private static final List<String> MEASURES =
      List.of(
          "add seconds",
          "merge seconds",
          "index rate",
          "merge heap MB",
          "code bytes",
          "graph bytes",
          "hot bytes",
          "disk bytes");

  private IndexCosts() {}

  /** What was measured together; sizes are of all rows and have no threads. */
  private record Group(String set, String peer, int rows) {}

  /** One line for each index. */
  public static Table table(List<Figure> figures) {
    Map<Group, String[]> lines = new LinkedHashMap<>();
    for (Figure figure : figures) {
      int measure = MEASURES.indexOf(figure.measure());
      if (measure >= 0) {
        Group group = new Group(figure.set(), figure.peer(), figure.rows());
        String[] cells = lines.computeIfAbsent(group, each -> new String[MEASURES.size() + 1]);
        cells[measure + 1] = figure.cells()[10];
        if (figure.threads() > 0) {
          cells[0] = Integer.toString(figure.threads());
        }
      }
    }
    Table table =
        new Table(
            "set",
            "index",
            "vectors",
            "threads",
            "add s",
            "merge s",
            "vectors/s",
            "merge heap MB",
            "code B",
            "graph B",
            "hot B",
            "disk B");
    lines.forEach((group, cells) -> {
      String[] line = new String[cells.length + 3];
      line[0] = group.set;
      line[1] = group.peer;
      line[2] = Integer.toString(group.rows);
      for (int i = 0; i < cells.length; i++) {
        line[i + 3] = cells[i] == null ? "" : cells[i];
      }
      table.add(line);
    });
    return table;
  }
}
