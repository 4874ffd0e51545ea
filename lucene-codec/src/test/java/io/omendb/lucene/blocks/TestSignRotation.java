/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene.blocks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.omendb.lucene.quantize.ArrayVectors;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TestSignRotation {

  private static float[] rotated(SignRotation rotation, float[] vectors, int offset) {
    float[] out = new float[rotation.size()];
    Arrays.fill(out, Float.NaN);
    rotation.apply(vectors, offset, out);
    return out;
  }

  @ParameterizedTest
  @CsvSource({"1, 64", "63, 64", "64, 64", "65, 128", "100, 128", "256, 256", "257, 512"})
  void testKeepsLengthsAndDotProducts(int axes, int size) {
    SignRotation rotation = new SignRotation(axes);
    assertEquals(size, rotation.size());
    float[] pair = ArrayVectors.gaussian(2, axes, axes).rows();
    float[] first = rotated(rotation, pair, 0);
    float[] second = rotated(rotation, pair, axes);
    double length = 0;
    double rotatedLength = 0;
    double dot = 0;
    double rotatedDot = 0;
    for (int i = 0; i < axes; i++) {
      length += pair[i] * pair[i];
      dot += pair[i] * pair[axes + i];
    }
    for (int i = 0; i < size; i++) {
      rotatedLength += first[i] * first[i];
      rotatedDot += first[i] * second[i];
    }
    assertEquals(length, rotatedLength, 1e-5 * length);
    assertEquals(dot, rotatedDot, 1e-5 * length);
  }

  /** One strong axis, or two equal ones, are spread over many components. */
  @Test
  void testSpreadsStrongAxes() {
    SignRotation rotation = new SignRotation(256);
    float[] vector = new float[256];
    vector[3] = 16;
    for (float component : rotated(rotation, vector, 0)) {
      assertEquals(1, Math.abs(component), 1e-5);
    }
    Arrays.fill(vector, 1);
    for (float component : rotated(rotation, vector, 0)) {
      assertTrue(Math.abs(component) < 6, "the signs do not break up a constant vector");
    }
  }

  /** The signs are part of the file format. */
  @Test
  void testSignsNeverChange() {
    SignRotation rotation = new SignRotation(64);
    long signs = 0;
    for (int axis = 0; axis < 64; axis++) {
      float[] vector = new float[64];
      vector[axis] = 1;
      if (rotated(rotation, vector, 0)[0] < 0) {
        signs |= 1L << axis;
      }
    }
    assertEquals(0xC2764D0377790AC4L, signs);
  }
}
