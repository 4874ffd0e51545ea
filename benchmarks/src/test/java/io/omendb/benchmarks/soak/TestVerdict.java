/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.benchmarks.soak;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.omendb.benchmarks.Checks;
import io.omendb.benchmarks.soak.SoakPoint.Measure;
import java.io.IOException;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import picocli.CommandLine;

class TestVerdict {
  private static final int POINTS = 80;
  private static final double PEAK = 1e4;

  private final SoakBounds bounds = CommandLine.populateCommand(new SoakBounds());

  @Test
  void testAllIsWell() {
    assertMissed(0, outcome(points(), 0, 0, null));
  }

  @Test
  void testEnd() {
    assertMissed(1, outcome(points(), 1, 0, null));
    assertMissed(1, outcome(points(), 0, 1, null));
    assertMissed(1, outcome(points(), 0, 0, new IOException("disk")));
  }

  @Test
  void testTooFewPoints() {
    assertMissed(1, outcome(points().subList(0, Verdict.EIGHTHS - 1), 0, 0, null));
    assertMissed(0, outcome(points().subList(0, Verdict.EIGHTHS), 0, 0, null));
  }

  @ParameterizedTest
  @EnumSource(names = {"RECALL", "FILTERED_RECALL"})
  void testOnePointOfLowRecall(Measure measure) {
    List<SoakPoint> points = points();
    points.get(33).with(measure, .9499);
    assertMissed(1, outcome(points, 0, 0, null));
  }

  @Test
  void testOneWrongDocument() {
    List<SoakPoint> points = points();
    points.get(33).with(Measure.WRONG, 1);
    assertMissed(1, outcome(points, 0, 0, null));
  }

  @ParameterizedTest
  @EnumSource(names = {"HEAP", "DIRECT", "ANONYMOUS", "HANDLES", "THREADS", "BYTES", "MAPPED"})
  void testGrowth(Measure measure) {
    assertMissed(1, outcome(points(measure, i -> 100 + 2.0 * i), 0, 0, null));
    assertMissed(0, outcome(points(measure, i -> 300 - 2.0 * i), 0, 0, null));
    // One that comes and goes, as that of a merge.
    assertMissed(0, outcome(points(measure, i -> i == POINTS - 1 ? PEAK : 100), 0, 0, null));
  }

  @Test
  void testWhatTheSystemDoesNotTell() {
    List<SoakPoint> points = points(Measure.HANDLES, i -> Double.NaN);
    assertMissed(0, outcome(points, 0, 0, null));
    assertTrue(
        Verdict.of("set", outcome(points, 0, 0, null), bounds)
            .table()
            .csv()
            .contains("open handles,NaN,,"));
  }

  private void assertMissed(int missed, Outcome outcome) {
    Checks checks = Verdict.of("set", outcome, bounds);
    assertEquals(missed, checks.missed(), checks.table().csv());
  }

  private static Outcome outcome(
      List<SoakPoint> points, int lost, int problems, Throwable failure) {
    return new Outcome(points, 1, 1, 1, lost, problems, failure);
  }

  private static List<SoakPoint> points(Measure measure, IntToDoubleFunction values) {
    List<SoakPoint> points = points();
    for (int i = 0; i < POINTS; i++) {
      points.get(i).with(measure, values.applyAsDouble(i));
    }
    return points;
  }

  private static List<SoakPoint> points() {
    return IntStream.range(0, POINTS)
        .mapToObj(i -> {
          SoakPoint point = new SoakPoint();
          for (Measure measure : Measure.values()) {
            point.with(measure, 100);
          }
          return point
              .with(Measure.SECONDS, i)
              .with(Measure.WRONG, 0)
              .with(Measure.RECALL, .95)
              .with(Measure.FILTERED_RECALL, .95);
        })
        .toList();
  }
}
