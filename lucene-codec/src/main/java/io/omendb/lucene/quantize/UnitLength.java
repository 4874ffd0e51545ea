/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene.quantize;

/** Scaling to unit length. */
public final class UnitLength {
  private static final double TOLERANCE = 1e-3;

  private UnitLength() {}

  /** Scales a vector to unit length in place; a zero vector stays as it is. */
  public static void scale(float[] values, int offset, int length) {
    double squares = squaredLength(values, offset, length);
    if (squares == 0 || squares == 1) {
      return;
    }
    double factor = 1 / Math.sqrt(squares);
    for (int i = offset; i < offset + length; i++) {
      values[i] = (float) (values[i] * factor);
    }
  }

  /** Whether a vector has unit length but for rounding. */
  public static boolean is(float[] values, int offset, int length) {
    return Math.abs(squaredLength(values, offset, length) - 1) <= TOLERANCE;
  }

  /** Sum of squares, in four parts, since each addition waits for the one before. */
  static double squaredLength(float[] values, int offset, int length) {
    double sum0 = 0;
    double sum1 = 0;
    double sum2 = 0;
    double sum3 = 0;
    int end = offset + length;
    int i = offset;
    for (; i + 4 <= end; i += 4) {
      sum0 += (double) values[i] * values[i];
      sum1 += (double) values[i + 1] * values[i + 1];
      sum2 += (double) values[i + 2] * values[i + 2];
      sum3 += (double) values[i + 3] * values[i + 3];
    }
    for (; i < end; i++) {
      sum0 += (double) values[i] * values[i];
    }
    return sum0 + sum1 + (sum2 + sum3);
  }
}
