/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class TestDepth {
  private static final int[] KS = {1, 2, 10, 100, 1000, 1_000_000, Integer.MAX_VALUE};
  private static final float[] FACTORS = {0.1f, 0.5f, 1, 2, 10, 100};
  private static final double[] SHARES = {1, 0.95, 0.5, 0.1, 1e-3, 1e-9, Double.MIN_VALUE};

  /** Bytes of a raw vector of 768 dimensions. */
  private static final int LONG_ROW = 3072;

  private static Depth depth(int k, float factor, double accepted) {
    return Depth.of(k, factor, accepted, LONG_ROW);
  }

  private static void assertAtLeast(Depth less, Depth more) {
    assertTrue(
        more.minRows() >= less.minRows()
            && more.maxRows() >= less.maxRows()
            && more.margin() >= less.margin()
            && more.strong() >= less.strong()
            && more.minProbes() >= less.minProbes()
            && more.patience() >= less.patience()
            && more.ranked(1) >= less.ranked(1),
        () -> less + " then " + more);
  }

  @Test
  void testMonotone() {
    for (int k = 0; k < KS.length; k++) {
      for (int f = 0; f < FACTORS.length; f++) {
        for (int s = 0; s < SHARES.length; s++) {
          Depth depth = depth(KS[k], FACTORS[f], SHARES[s]);
          if (k > 0) {
            assertAtLeast(depth(KS[k - 1], FACTORS[f], SHARES[s]), depth);
          }
          if (f > 0) {
            assertAtLeast(depth(KS[k], FACTORS[f - 1], SHARES[s]), depth);
          }
          if (s > 0) {
            assertAtLeast(depth(KS[k], FACTORS[f], SHARES[s - 1]), depth);
          }
        }
      }
    }
  }

  private static void assertPositive(Depth depth, int k) {
    assertTrue(
        depth.minRows() >= Math.min(k, 1 << 28)
            && depth.maxRows() >= depth.minRows()
            && depth.margin() > 0
            && depth.strong() >= 1
            && depth.minProbes() >= 1
            && depth.patience() >= 1
            && depth.ranked(1) >= depth.minProbes(),
        depth::toString);
  }

  @Test
  void testSparingRows() {
    for (int k : KS) {
      for (float factor : FACTORS) {
        Depth depth = depth(k, factor, 1);
        Depth sparing = depth.sparingRows();
        assertPositive(sparing, k);
        assertTrue(sparing.margin() < depth.margin());
        assertTrue(depth.strong() >= depth.minRows(), depth::toString);
        assertTrue(sparing.strong() >= sparing.minRows(), sparing::toString);
        assertTrue(sparing.patience() >= depth.patience(), sparing::toString);
        assertTrue(sparing.minProbes() >= depth.minProbes(), sparing::toString);
        assertEquals(depth.maxRows(), sparing.maxRows());
      }
    }
    assertEquals(4 * depth(10, 1, 1).patience(), depth(10, 1, 1).sparingRows().patience());
  }

  /** No overflow, and every stage of a search goes somewhere. */
  @Test
  void testBounds() {
    for (int k : KS) {
      for (float factor : FACTORS) {
        for (double share : SHARES) {
          Depth depth = depth(k, factor, share);
          for (int stage = 0; stage < 20; stage++) {
            assertPositive(depth, k);
            Depth deeper = depth.deeper();
            assertAtLeast(depth, deeper);
            depth = deeper;
          }
          assertEquals(depth, depth.deeper());
        }
      }
    }
  }

  @Test
  void testDeeperReachesFurther() {
    Depth depth = depth(10, 1, 1);
    Depth deeper = depth.deeper();
    assertEquals(4 * depth.maxRows(), deeper.maxRows());
    assertEquals(4 * depth.minProbes(), deeper.minProbes());
    assertEquals(4 * depth.patience(), deeper.patience());
  }

  /** Rows that cost less to read are read more readily, however short or long they are. */
  @Test
  void testShortRows() {
    double before = Double.POSITIVE_INFINITY;
    for (int rowBytes : new int[] {1, 4, 400, 768, 1536, LONG_ROW - 1, LONG_ROW}) {
      Depth depth = Depth.of(10, 1, 1, rowBytes);
      assertTrue(depth.margin() < before, depth::toString);
      before = depth.margin();
    }
    assertEquals(2, before);
    assertEquals(before, Depth.of(10, 1, 1, 4 * 65_536).margin());
    assertTrue(Depth.of(10, 1, 1, 1).margin() < 6);
    assertEquals(1.25 * before, depth(10, 1, 0.5).margin());
  }
}
