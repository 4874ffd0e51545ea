/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene.quantize;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TestUnitLength {

  @Test
  void testScalesOnlyItsRange() {
    float[] values = {9, 3, 4, 9};
    UnitLength.scale(values, 1, 2);
    assertArrayEquals(new float[] {9, 0.6f, 0.8f, 9}, values, 1e-6f);
  }

  @Test
  void testZeroStays() {
    float[] values = new float[3];
    UnitLength.scale(values, 0, 3);
    assertArrayEquals(new float[3], values);
  }

  /** Squares of these leave the range of floats. */
  @Test
  void testExtremeLengths() {
    for (float value : new float[] {1e-30f, 1e30f, Float.MAX_VALUE, Float.MIN_VALUE}) {
      float[] values = {value, -value};
      UnitLength.scale(values, 0, 2);
      assertEquals(Math.sqrt(0.5), values[0], 1e-6);
      assertEquals(-Math.sqrt(0.5), values[1], 1e-6);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 100})
  void testEveryComponentCounts(int length) {
    float[] values = new float[length + 2];
    double squares = 0;
    for (int i = 1; i <= length; i++) {
      values[i] = i;
      squares += (double) i * i;
    }
    UnitLength.scale(values, 1, length);
    for (int i = 1; i <= length; i++) {
      assertEquals(i / Math.sqrt(squares), values[i], 1e-7);
    }
  }

  @Test
  void testIsAllowsRounding() {
    assertTrue(UnitLength.is(new float[] {9, 0.6f, 0.8f}, 1, 2));
    assertTrue(UnitLength.is(new float[] {1.0004f}, 0, 1));
    assertFalse(UnitLength.is(new float[] {1.01f}, 0, 1));
    assertFalse(UnitLength.is(new float[] {0.99f}, 0, 1));
    assertFalse(UnitLength.is(new float[2], 0, 2));
    assertFalse(UnitLength.is(new float[] {Float.NaN}, 0, 1));
  }
}
