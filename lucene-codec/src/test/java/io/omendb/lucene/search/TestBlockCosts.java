/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TestBlockCosts {
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 300})
  void testRadiusGains(int steps) {
    assertEquals(500 - steps, BlockCosts.within(500, steps));
  }

  /** What radii of a damaged file make of costs could not be sorted by counting otherwise. */
  @ParameterizedTest
  @ValueSource(ints = {Integer.MIN_VALUE, -1, Integer.MAX_VALUE})
  void testDamagedRadiusStaysInRange(int steps) {
    for (int sum : new int[] {0, 8160}) {
      int cost = BlockCosts.within(sum, steps);
      assertTrue(cost >= -8160 && cost <= 8160, steps + ": " + cost);
    }
  }
}
