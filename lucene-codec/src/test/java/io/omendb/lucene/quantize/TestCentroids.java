/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene.quantize;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.omendb.lucene.simd.Kernels;
import org.junit.jupiter.api.Test;

class TestCentroids {
  private static final int AXES = 5;

  private final float[] values = ArrayVectors.gaussian(AXES, Kernels.CENTROIDS, 1).rows();

  /** Each axis has a scale of its own, so that a weak one is as finely told as a strong one. */
  @Test
  void testRoundsByHalfAStepAtMost() {
    for (int axis = 0; axis < AXES; axis++) {
      float greatest = 0;
      for (int c = 0; c < Kernels.CENTROIDS; c++) {
        values[axis * Kernels.CENTROIDS + c] *= (float) Math.pow(100, axis - 2);
        greatest = Math.max(greatest, Math.abs(values[axis * Kernels.CENTROIDS + c]));
      }
      Centroids centroids = Centroids.of(values);
      for (int c = 0; c < Kernels.CENTROIDS; c++) {
        float value = centroids.value(axis, c);
        assertEquals(values[axis * Kernels.CENTROIDS + c], value, greatest / 65_000);
        assertEquals(value, centroids.values()[axis * Kernels.CENTROIDS + c]);
      }
    }
  }

  @Test
  void testZeros() {
    float[] zeros = new float[Kernels.CENTROIDS];
    assertArrayEquals(zeros, Centroids.of(zeros).values());
  }
}
