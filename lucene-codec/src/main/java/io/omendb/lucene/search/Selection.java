/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene.search;

/** Partial sorting of packed entries. */
final class Selection {
  private Selection() {}

  /**
   * Moves the {@code count} least entries of a range to its beginning, in no order (Hoare's
   * quickselect on the median of three).
   */
  static void least(long[] entries, int from, int to, int count) {
    int left = from;
    int right = to - 1;
    int target = from + count - 1;
    while (left < right) {
      long pivot = median(entries[left], entries[(left + right) >>> 1], entries[right]);
      int i = left;
      int j = right;
      while (i <= j) {
        while (entries[i] < pivot) {
          i++;
        }
        while (entries[j] > pivot) {
          j--;
        }
        if (i <= j) {
          long swapped = entries[i];
          entries[i++] = entries[j];
          entries[j--] = swapped;
        }
      }
      if (target <= j) {
        right = j;
      } else if (target >= i) {
        left = i;
      } else {
        return;
      }
    }
  }

  private static long median(long a, long b, long c) {
    return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
  }

  /** A key that sorts by cost, then by index. */
  static long key(float cost, int index) {
    int bits = Float.floatToIntBits(cost);
    return (long) (bits ^ (bits >> 31 & Integer.MAX_VALUE)) << Integer.SIZE | index;
  }
}
