/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.omendb.benchmarks.Curve.Point;
import java.util.List;
import org.junit.jupiter.api.Test;

class TestCurve {
  private final Curve curve =
      new Curve(
          List.of(
              new Point(.96, 1000),
              new Point(.90, 2000),
              new Point(.80, 1500), // beaten in both
              new Point(.96, 900), // equal recall, slower
              new Point(.99, 100)));

  @Test
  void testKeepsWhatNothingBeats() {
    assertEquals(
        List.of(new Point(.90, 2000), new Point(.96, 1000), new Point(.99, 100)), curve.points());
  }

  @Test
  void testInterpolates() {
    assertEquals(Math.sqrt(2000 * 1000), curve.qpsAt(.93).orElseThrow(), 1e-6);
    assertEquals(1000 * Math.pow(.1, 2. / 3), curve.qpsAt(.98).orElseThrow(), 1e-6);
    assertEquals(1000, curve.qpsAt(.96).orElseThrow(), 1e-6);
  }

  @Test
  void testEnds() {
    assertEquals(2000, curve.qpsAt(.5).orElseThrow());
    assertEquals(100, curve.qpsAt(.99).orElseThrow());
    assertTrue(curve.qpsAt(.991).isEmpty());
    assertTrue(new Curve(List.of()).qpsAt(.5).isEmpty());
  }
}
