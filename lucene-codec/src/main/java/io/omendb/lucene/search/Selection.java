/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene.search;

/** Partial sorting of packed entries. */
final class Selection {
  private Selection() {}

  /**
   * Moves the {@code count} least entries of a range to its beginning, the greatest of them last,
   * the others in no order: quickselect on the median of three. Partitions as Lomuto's does,
   * without a branch that depends on the entries, since no processor could predict it; meant for
   * entries of which few are equal.
   */
  static void least(long[] entries, int from, int to, int count) {
    int left = from;
    int right = to - 1;
    int target = from + count - 1;
    while (left < right) {
      int at = median(entries, left, (left + right) >>> 1, right);
      long pivot = entries[at];
      entries[at] = entries[left];
      entries[left] = pivot;
      int last = left;
      for (int i = left + 1; i <= right; i++) {
        long entry = entries[i];
        entries[i] = entries[last + 1];
        entries[last + 1] = entry;
        last += entry < pivot ? 1 : 0;
      }
      entries[left] = entries[last];
      entries[last] = pivot;
      if (target < last) {
        right = last - 1;
      } else if (target > last) {
        left = last + 1;
      } else {
        return;
      }
    }
  }

  /** Which of three places holds the median of what they hold. */
  private static int median(long[] entries, int a, int b, int c) {
    if (entries[a] < entries[b]) {
      return entries[b] < entries[c] ? b : entries[a] < entries[c] ? c : a;
    }
    return entries[a] < entries[c] ? a : entries[b] < entries[c] ? c : b;
  }
}
