/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.benchmarks.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class TestEqualRecall {
  @Test
  void testCurvesAreKeptApartAndInterpolated() {
    List<Figure> figures =
        List.of(
            qps("one", "a", 1, .80, 4000),
            qps("one", "a", 1, .92, 400),
            qps("one", "b", 1, .96, 77),
            qps("one", "a", 2, .92, 5),
            qps("many", "a", 1, .995, 6));
    String table = EqualRecall.table(figures).markdown();
    assertTrue(
        table.contains("| s | one | 10 | 1 | a | 587 | not reached | not reached | 0.9200 |"));
    assertTrue(table.contains("| s | one | 10 | 1 | b | 77 | 77 | not reached | 0.9600 |"));
    assertTrue(table.contains("| s | one | 10 | 2 | a | 5 |"));
    assertTrue(table.contains("| s | many | 10 | 1 | a | 6 | 6 | 6 | 0.9950 |"));
    assertEquals(6, table.lines().count());
  }

  private static Figure qps(
      String situation, String curve, int threads, double recall, double qps) {
    return new Figure(
        "s", 9, situation, curve, curve, "k'=1", 10, threads, "qps", recall, qps, qps, qps);
  }

  @Test
  void testSpreadAndLatencies() {
    assertEquals(new Spread(2, 1, 9), Spread.of(new double[] {9, 1, 2}));
    assertEquals(new Spread(3, 2, 4), Spread.of(new double[] {4, 2}));
    Latencies latencies = new Latencies();
    for (int i = 2000; i > 0; i--) {
      latencies.add(1000L * i);
    }
    assertEquals(1000, latencies.micros(.5));
    assertEquals(1980, latencies.micros(.99));
  }
}
