/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene.search;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TestBestCosts {

  /** Against a sorted list; some data with many ties, some falling or rising throughout. */
  @ParameterizedTest
  @CsvSource({
    "1, 100, 0",
    "2, 3, 0",
    "10, 8160, 0",
    "64, 20, 0",
    "33, 1000, -4",
    "33, 1000, 4",
    "600, 8160, 0"
  })
  void testAgreesWithASortedList(int capacity, int values, int trend) {
    SplittableRandom random = new SplittableRandom(capacity);
    BestCosts best = new BestCosts();
    // Nothing is left of the time before, however many there were.
    for (int size : new int[] {capacity, Math.max(1, capacity / 2), capacity + 1}) {
      best.reset(size);
      List<Integer> sorted = new ArrayList<>();
      for (int i = 0; i < 500; i++) {
        int cost = Math.min(8160, random.nextInt(values) + 2000 + i * trend);
        boolean enters = sorted.size() < size || cost < sorted.get(size - 1);
        if (enters) {
          if (sorted.size() == size) {
            sorted.removeLast();
          }
          sorted.add(cost);
          Collections.sort(sorted);
        }
        assertEquals(enters, best.add(cost), "cost " + i);
        int greatest = sorted.size() < size ? Shortlist.NO_LIMIT : sorted.get(size - 1);
        assertEquals(greatest, best.greatest());
      }
    }
  }
}
