/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.benchmarks.soak;

import io.omendb.benchmarks.Checks;
import io.omendb.benchmarks.soak.SoakPoint.Measure;
import java.util.List;

/** Holds an outcome against bounds. */
public final class Verdict {
  /** Points are compared by this part of the time, the first with the last. */
  static final int EIGHTHS = 8;

  private final Checks checks = new Checks();
  private final String set;
  private final List<SoakPoint> points;

  private Verdict(String set, Outcome outcome, SoakBounds bounds) {
    this.set = set;
    this.points = outcome.points();
    checks.atMost(set, "end", "failures", outcome.failure() == null ? 0 : 1, 0);
    checks.atMost(set, "end", "documents lost or wrong", outcome.lost(), 0);
    checks.atMost(set, "end", "problems that CheckIndex found", outcome.problems(), 0);
    checks.atLeast(set, "points", "number", points.size(), EIGHTHS);
    if (points.size() >= EIGHTHS) {
      recall(bounds);
      growth(bounds);
      rates();
    }
  }

  /** Judges; a figure that the system does not tell has no bound. */
  public static Checks of(String set, Outcome outcome, SoakBounds bounds) {
    return new Verdict(set, outcome, bounds).checks;
  }

  private void recall(SoakBounds bounds) {
    double wrong = points.stream().mapToDouble(point -> point.get(Measure.WRONG)).sum();
    checks.atMost(set, "points", Measure.WRONG.column(), wrong, 0);
    checks.atLeast(set, "points", "least recall@10", least(Measure.RECALL), bounds.minRecall);
    checks.atLeast(
        set,
        "points",
        "least filtered recall@10",
        least(Measure.FILTERED_RECALL),
        bounds.minFilteredRecall);
    checks.note(set, "points", "mean recall@10", mean(Measure.RECALL));
    checks.note(set, "points", "mean filtered recall@10", mean(Measure.FILTERED_RECALL));
  }

  private void growth(SoakBounds bounds) {
    growth(Measure.HEAP, bounds.maxHeapGrowth);
    growth(Measure.DIRECT, bounds.maxDirectGrowth);
    growth(Measure.ANONYMOUS, bounds.maxAnonymousGrowth);
    growth(Measure.HANDLES, bounds.maxHandlesGrowth);
    growth(Measure.THREADS, bounds.maxThreadsGrowth);
    for (Measure measure : List.of(Measure.BYTES, Measure.MAPPED)) {
      // Less than a mebibyte is as good as none.
      double times = median(measure, EIGHTHS - 1) / Math.max(1, median(measure, 0));
      checks.atMost(set, "times", measure.column(), times, bounds.maxIndexGrowth);
    }
  }

  private void growth(Measure measure, double bound) {
    double growth = median(measure, EIGHTHS - 1) - median(measure, 0);
    if (Double.isNaN(growth)) {
      checks.note(set, "growth", measure.column(), growth);
    } else {
      checks.atMost(set, "growth", measure.column(), growth, bound);
    }
  }

  private void rates() {
    for (Measure measure : List.of(Measure.CHANGES, Measure.SEARCHES)) {
      checks.note(set, "first eighth", measure.column(), median(measure, 0));
      checks.note(set, "last eighth", measure.column(), median(measure, EIGHTHS - 1));
    }
  }

  private double least(Measure measure) {
    return points.stream().mapToDouble(point -> point.get(measure)).min().orElseThrow();
  }

  private double mean(Measure measure) {
    return points.stream().mapToDouble(point -> point.get(measure)).average().orElseThrow();
  }

  private double median(Measure measure, int eighth) {
    int from = eighth * points.size() / EIGHTHS;
    int to = (eighth + 1) * points.size() / EIGHTHS;
    double[] sorted =
        points.subList(from, to).stream()
            .mapToDouble(point -> point.get(measure))
            .sorted()
            .toArray();
    return sorted[sorted.length / 2];
  }
}
