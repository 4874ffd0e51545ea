/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.benchmarks.soak;

import static java.util.Locale.ROOT;

import io.omendb.benchmarks.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What was recorded at one time. */
public final class SoakPoint {
  /** A column of the file. */
  public enum Measure {
    SECONDS("seconds"),
    CHANGES("changes a second"),
    SEARCHES("searches a second"),
    RECALL("recall@10"),
    FILTERED_RECALL("filtered recall@10"),
    WRONG("wrong documents"),
    HEAP("heap MiB"),
    DIRECT("direct MiB"),
    MAPPED("mapped MiB"),
    MAPS("mapped files"),
    ANONYMOUS("anonymous MiB"),
    HANDLES("open handles"),
    THREADS("threads"),
    FILES("files"),
    BYTES("index MiB"),
    SEGMENTS("segments"),
    DOCUMENTS("live documents"),
    FORCED_MERGES("forced merges"),
    RESTARTS("restarts");

    private final String column;

    Measure(String column) {
      this.column = column;
    }

    /** Name in files and plots. */
    public String column() {
      return column;
    }
  }

  private final Map<Measure, Double> values = new EnumMap<>(Measure.class);

  /** Sets a value, NaN if it is not known. */
  SoakPoint with(Measure measure, double value) {
    values.put(measure, value);
    return this;
  }

  /** A value, NaN if it was not known. */
  public double get(Measure measure) {
    return values.getOrDefault(measure, Double.NaN);
  }

  /** The table of some points. */
  public static Table table(List<SoakPoint> points) {
    Table table = new Table(columns());
    for (SoakPoint point : points) {
      table.add(
          Arrays.stream(Measure.values())
              .map(measure -> number(point.get(measure)))
              .toArray(String[]::new));
    }
    return table;
  }

  /** Reads what {@link #table} became. */
  public static List<SoakPoint> read(Path file) throws IOException {
    List<String> lines =
        Files.readAllLines(file).stream().filter(line -> !line.startsWith("#")).toList();
    String columns = String.join(",", columns());
    if (lines.isEmpty() || !lines.get(0).equals(columns)) {
      throw new IOException(file + ": columns must be " + columns);
    }
    List<SoakPoint> points = new ArrayList<>();
    for (String line : lines.subList(1, lines.size())) {
      String[] cells = line.split(",", -1);
      SoakPoint point = new SoakPoint();
      int cellNumber = 0;
      for (Measure measure : Measure.values()) {
        String cell = cells[cellNumber++];
        point.with(measure, cell.isEmpty() ? Double.NaN : Double.parseDouble(cell));
      }
      points.add(point);
    }
    return points;
  }

  private static String[] columns() {
    return Arrays.stream(Measure.values()).map(Measure::column).toArray(String[]::new);
  }

  private static String number(double value) {
    if (Double.isNaN(value)) {
      return "";
    }
    return String.format(ROOT, value == Math.rint(value) ? "%.0f" : "%.4f", value);
  }
}
