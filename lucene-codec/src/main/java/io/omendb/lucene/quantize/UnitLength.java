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

  private static double squaredLength(float[] values, int offset, int length) {
    double squares = 0;
    for (int i = offset; i < offset + length; i++) {
      squares += (double) values[i] * values[i];
    }
    return squares;
  }
}
