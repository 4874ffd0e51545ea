/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene.quantize;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.omendb.lucene.simd.Kernels;
import org.junit.jupiter.api.Test;

/** On a line whose centroids are 0, 1, 2 and so on. */
class TestNearTies {
  private final NearTies ties = new NearTies(line());

  private static Codebook line() {
    short[] steps = new short[Kernels.CENTROIDS];
    for (int i = 0; i < steps.length; i++) {
      steps[i] = (short) i;
    }
    return new Codebook(
        new float[1],
        new Rotation(new byte[] {1}, new float[] {1}),
        new int[] {0, 1},
        new Centroids(steps, new float[] {1}),
        1000,
        0,
        0);
  }

  private boolean asNear(float x, int one, int other) {
    return ties.asNear(new float[] {x}, 0, one, other);
  }

  @Test
  void testNearerAndSame() {
    assertTrue(asNear(3.2f, 3, 4));
    assertTrue(asNear(3.2f, 3, 3));
    assertTrue(asNear(200, 200, 0));
  }

  @Test
  void testFarther() {
    assertFalse(asNear(3.2f, 4, 3));
    assertFalse(asNear(3.49f, 4, 3));
    assertFalse(asNear(200, 0, 200));
  }

  @Test
  void testHalfWay() {
    assertTrue(asNear(3.5f, 4, 3));
    assertTrue(asNear(3.5f, 3, 4));
    float below = Math.nextDown(3.5f);
    assertTrue(asNear(below, 4, 3));
    assertFalse(asNear(3.5f - 1e-3f, 4, 3));
  }
}
