/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.benchmarks;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Queries a second against recall: of all measured settings those that no other beats in both, in
 * order of recall.
 */
public final class Curve {
  /** One measured setting. */
  public record Point(double recall, double qps) {}

  private final List<Point> points = new ArrayList<>();

  public Curve(Collection<Point> measured) {
    List<Point> best = new ArrayList<>(measured);
    best.sort(Comparator.comparingDouble(Point::recall).thenComparingDouble(Point::qps).reversed());
    double quickest = 0;
    for (Point point : best) {
      if (point.qps > quickest) {
        quickest = point.qps;
        points.add(0, point);
      }
    }
  }

  /** Settings that no other beats, ascending in recall. */
  public List<Point> points() {
    return points;
  }

  /**
   * Queries a second at a recall, their logarithm interpolated linearly; empty if no setting
   * reaches it. Where every setting exceeds it, the quickest of them counts.
   */
  public OptionalDouble qpsAt(double recall) {
    for (int i = 0; i < points.size(); i++) {
      Point above = points.get(i);
      if (above.recall >= recall) {
        if (i == 0) {
          return OptionalDouble.of(above.qps);
        }
        Point below = points.get(i - 1);
        double share = (recall - below.recall) / (above.recall - below.recall);
        return OptionalDouble.of(below.qps * Math.pow(above.qps / below.qps, share));
      }
    }
    return OptionalDouble.empty();
  }
}
