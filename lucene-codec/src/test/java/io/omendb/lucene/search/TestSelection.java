/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene.search;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TestSelection {

  /** How many different values there are: all equal, many duplicates, hardly any. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 10, Integer.MAX_VALUE})
  void testLeast(int values) {
    SplittableRandom random = new SplittableRandom(values);
    for (int size = 0; size <= 200; size++) {
      int from = random.nextInt(4);
      long[] entries = random.longs(from + size + 3, 0, values).toArray();
      for (int count : new int[] {0, 1, size / 2, Math.max(0, size - 1), size}) {
        if (count <= size) {
          check(entries.clone(), from, from + size, count);
        }
      }
      Arrays.sort(entries);
      check(entries.clone(), from, from + size, size / 3);
      for (int i = 0; i < entries.length; i++) {
        entries[i] = -entries[i];
      }
      check(entries, from, from + size, size / 3);
    }
  }

  private static void check(long[] entries, int from, int to, int count) {
    long[] before = entries.clone();
    Selection.least(entries, from, to, count);
    long[] expected = before.clone();
    Arrays.sort(expected, from, to);
    if (count > 0) {
      assertEquals(expected[from + count - 1], entries[from + count - 1]);
    }
    long[] least = entries.clone();
    Arrays.sort(least, from, from + count);
    assertArrayEquals(
        Arrays.copyOfRange(expected, from, from + count),
        Arrays.copyOfRange(least, from, from + count));
    // Nothing is lost, and nothing outside the range is touched.
    Arrays.sort(least, from, to);
    assertArrayEquals(expected, least);
  }
}
