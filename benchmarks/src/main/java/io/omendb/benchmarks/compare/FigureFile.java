/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.benchmarks.compare;

import io.omendb.benchmarks.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Figures kept as CSV.
 *
 * @param name of the file
 * @param comments lines on where and how they were measured
 */
public record FigureFile(String name, List<String> comments, List<Figure> figures) {
  private static final String COMMENT = "# ";

  /** Reads what {@link #table} became. */
  public static FigureFile read(Path file) throws IOException {
    List<String> comments = new ArrayList<>();
    List<Figure> figures = new ArrayList<>();
    List<String> columns = null;
    for (String line : Files.readAllLines(file)) {
      if (line.startsWith(COMMENT)) {
        comments.add(line.substring(COMMENT.length()));
      } else if (columns == null) {
        columns = cells(line);
        if (!columns.equals(List.of(Figure.COLUMNS))) {
          throw new IOException(file + ": columns must be " + List.of(Figure.COLUMNS));
        }
      } else {
        figures.add(Figure.of(cells(line)));
      }
    }
    return new FigureFile(file.getFileName().toString(), comments, figures);
  }

  /** The table of some figures. */
  public static Table table(List<Figure> figures) {
    Table table = new Table(Figure.COLUMNS);
    figures.forEach(figure -> table.add(figure.cells()));
    return table;
  }

  private static List<String> cells(String line) {
    List<String> cells = new ArrayList<>();
    StringBuilder cell = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '"') {
        boolean twice = quoted && i + 1 < line.length() && line.charAt(i + 1) == '"';
        if (twice) {
          cell.append(c);
          i++;
        } else {
          quoted = !quoted;
        }
      } else if (c == ',' && !quoted) {
        cells.add(cell.toString());
        cell.setLength(0);
      } else {
        cell.append(c);
      }
    }
    cells.add(cell.toString());
    return cells;
  }
}
