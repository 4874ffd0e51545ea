/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene.quantize;

/** What the sums of a distance table approximate. Lower costs are better in both. */
public enum Metric {
  /** Squared Euclidean distance; on unit vectors it orders as the dot product does. */
  SQUARED_DISTANCE(0),
  /** Negated dot product. */
  DOT_PRODUCT(1);

  private final int wireNumber;

  Metric(int wireNumber) {
    this.wireNumber = wireNumber;
  }

  /** The number that stands for this metric in files; never reused. */
  public int wireNumber() {
    return wireNumber;
  }

  /** The metric of a wire number, or null if there is none. */
  public static Metric ofWireNumber(int wireNumber) {
    for (Metric metric : values()) {
      if (metric.wireNumber == wireNumber) {
        return metric;
      }
    }
    return null;
  }
}
