/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene.search;

import java.util.Arrays;

/**
 * Sorts things by small integer costs, stably, without comparing them: sums of a table span a few
 * thousand values, and there are as many blocks. Source: D. Knuth, The Art of Computer Programming,
 * volume 3, 5.2, algorithm D (distribution counting).
 */
final class CountingSort {
  private int[] starts = new int[0];
  private int[] sorted = new int[0];

  /**
   * Sorts {@code things[from]} to {@code things[to - 1]}.
   *
   * @param costs cost of each thing, in a range of a few thousand
   */
  void sort(int[] things, int from, int to, short[] costs) {
    if (to - from < 2) {
      return;
    }
    int least = Integer.MAX_VALUE;
    int greatest = Integer.MIN_VALUE;
    for (int i = from; i < to; i++) {
      int cost = costs[things[i]];
      least = Math.min(least, cost);
      greatest = Math.max(greatest, cost);
    }
    int range = greatest - least + 1;
    if (starts.length <= range) {
      starts = new int[range + 1];
    }
    Arrays.fill(starts, 0, range + 1, 0);
    for (int i = from; i < to; i++) {
      starts[costs[things[i]] - least + 1]++;
    }
    for (int i = 1; i <= range; i++) {
      starts[i] += starts[i - 1];
    }
    if (sorted.length < to - from) {
      sorted = new int[to - from];
    }
    for (int i = from; i < to; i++) {
      sorted[starts[costs[things[i]] - least]++] = things[i];
    }
    System.arraycopy(sorted, 0, things, from, to - from);
  }
}
