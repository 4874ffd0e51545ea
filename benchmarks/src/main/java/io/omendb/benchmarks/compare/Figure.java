/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.benchmarks.compare;

import static java.util.Locale.ROOT;

import java.util.List;

/**
 * One number that was measured.
 *
 * @param rows vectors indexed
 * @param curve the line that it is a point of, or the name of the peer
 * @param knob how far the knob of the curve was turned, empty if none matters
 * @param k answers wanted, 0 where nothing was searched
 * @param recall NaN where nothing was searched
 * @param value median of the rounds
 * @param least of the rounds
 * @param most of the rounds
 */
public record Figure(
    String set,
    int rows,
    String situation,
    String peer,
    String curve,
    String knob,
    int k,
    int threads,
    String measure,
    double recall,
    double value,
    double least,
    double most) {
  static final String[] COLUMNS = {
    "set",
    "rows",
    "situation",
    "peer",
    "curve",
    "knob",
    "k",
    "threads",
    "measure",
    "recall",
    "value",
    "least",
    "most"
  };

  String[] cells() {
    return new String[] {
      set,
      Integer.toString(rows),
      situation,
      peer,
      curve,
      knob,
      Integer.toString(k),
      Integer.toString(threads),
      measure,
      Double.isNaN(recall) ? "" : String.format(ROOT, "%.4f", recall),
      number(value),
      number(least),
      number(most)
    };
  }

  static Figure of(List<String> cells) {
    if (cells.size() != COLUMNS.length) {
      throw new IllegalArgumentException(
          "a figure has " + COLUMNS.length + " cells, not " + cells.size() + ": " + cells);
    }
    return new Figure(
        cells.get(0),
        Integer.parseInt(cells.get(1)),
        cells.get(2),
        cells.get(3),
        cells.get(4),
        cells.get(5),
        Integer.parseInt(cells.get(6)),
        Integer.parseInt(cells.get(7)),
        cells.get(8),
        cells.get(9).isEmpty() ? Double.NaN : Double.parseDouble(cells.get(9)),
        Double.parseDouble(cells.get(10)),
        Double.parseDouble(cells.get(11)),
        Double.parseDouble(cells.get(12)));
  }

  /** Four digits, all of those before the point. */
  private static String number(double value) {
    double size = Math.abs(value);
    int places = size >= 1000 ? 0 : size >= 100 ? 1 : size >= 10 ? 2 : 3;
    return String.format(ROOT, "%." + places + "f", value);
  }
}
