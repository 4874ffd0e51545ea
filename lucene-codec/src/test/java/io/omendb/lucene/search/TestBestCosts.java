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
  @CsvSource({"1, 100, 0", "2, 3, 0", "10, 8000, 0", "64, 20, 0", "33, 8000, -20", "33, 8000, 20"})
  void testAgreesWithASortedList(int capacity, int values, int trend) {
    SplittableRandom random = new SplittableRandom(capacity);
    BestCosts best = new BestCosts();
    // The second time, the heap holds what the first one left.
    for (int size : new int[] {capacity, Math.max(1, capacity / 2)}) {
      best.reset(size);
      List<Integer> sorted = new ArrayList<>();
      for (int i = 0; i < 500; i++) {
        int cost = 10_000 + random.nextInt(values) + i * trend;
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
