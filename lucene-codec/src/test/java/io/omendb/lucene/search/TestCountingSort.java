/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene.search;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.Comparator;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TestCountingSort {

  /** One sorter for all, as a search uses it; stable, and the rest is left alone. */
  @Test
  void testSortsByCostStably() {
    CountingSort sort = new CountingSort();
    SplittableRandom random = new SplittableRandom(1);
    for (int range : new int[] {5000, 1, 3, 16_000, 200}) {
      for (int count : new int[] {0, 1, 2, 7, 300, 2000}) {
        short[] costs = new short[count];
        for (int i = 0; i < count; i++) {
          costs[i] = (short) random.nextInt(-range, range);
        }
        int[] things = IntStream.range(0, count).map(i -> count - 1 - i).toArray();
        int from = count / 10;
        int to = count - count / 7;
        int[] expected = things.clone();
        int[] sorted =
            IntStream.range(from, to)
                .mapToObj(i -> things[i])
                .sorted(Comparator.comparingInt(thing -> costs[thing]))
                .mapToInt(Integer::intValue)
                .toArray();
        System.arraycopy(sorted, 0, expected, from, sorted.length);
        sort.sort(things, from, to, costs);
        assertArrayEquals(expected, things);
      }
    }
  }
}
