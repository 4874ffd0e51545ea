/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.benchmarks;

import static java.util.Locale.ROOT;

/** Figures, some of them held against a bound. */
public final class Checks {
  private final Table table = new Table("set", "check", "measure", "value", "bound", "verdict");
  private int missed;

  /** A figure that must not be below its bound. */
  public void atLeast(String set, String check, String measure, double value, double bound) {
    add(set, check, measure, value, ">= " + number(bound), value >= bound);
  }

  /** A figure that must not be above its bound. */
  public void atMost(String set, String check, String measure, double value, double bound) {
    add(set, check, measure, value, "<= " + number(bound), value <= bound);
  }

  /** A figure without a bound. */
  public void note(String set, String check, String measure, double value) {
    table.add(set, check, measure, number(value), "", "");
  }

  private void add(
      String set, String check, String measure, double value, String bound, boolean met) {
    missed += met ? 0 : 1;
    table.add(set, check, measure, number(value), bound, met ? "met" : "missed");
    if (!met) {
      System.err.println("  missed: " + check + ", " + measure + ": " + number(value));
    }
  }

  /** All figures so far. */
  public Table table() {
    return table;
  }

  /** Bounds that were missed. */
  public int missed() {
    return missed;
  }

  private static String number(double value) {
    if (value == Math.rint(value) && Math.abs(value) < 1e15) {
      return String.format(ROOT, "%.0f", value);
    }
    return String.format(ROOT, Math.abs(value) < 0.001 ? "%.2e" : "%.4f", value);
  }
}
