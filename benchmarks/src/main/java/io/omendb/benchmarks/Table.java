/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.benchmarks;

import java.util.ArrayList;
import java.util.List;

/** Rows under named columns, to be printed as Markdown or kept as CSV. */
public final class Table {
  private final List<List<String>> lines = new ArrayList<>();

  public Table(String... columns) {
    lines.add(List.of(columns));
  }

  public void add(String... cells) {
    int columns = lines.get(0).size();
    if (cells.length != columns) {
      throw new IllegalArgumentException(
          columns + " columns, but " + cells.length + " cells: " + String.join(" | ", cells));
    }
    lines.add(List.of(cells));
  }

  public String markdown() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < lines.size(); i++) {
      text.append("| ").append(String.join(" | ", lines.get(i))).append(" |\n");
      if (i == 0) {
        text.append("|").append("---|".repeat(lines.get(0).size())).append('\n');
      }
    }
    return text.toString();
  }

  public String csv() {
    StringBuilder text = new StringBuilder();
    for (List<String> line : lines) {
      text.append(String.join(",", line.stream().map(Table::quoted).toList())).append('\n');
    }
    return text.toString();
  }

  private static String quoted(String cell) {
    return cell.contains(",") || cell.contains("\"")
        ? '"' + cell.replace("\"", "\"\"") + '"'
        : cell;
  }
}
