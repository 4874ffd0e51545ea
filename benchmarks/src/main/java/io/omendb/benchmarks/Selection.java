/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.benchmarks;

/** Partial sorting of keys: cost in the high half, an index in the low one. */
final class Selection {
  private Selection() {}

  static long key(int cost, int index) {
    return (long) cost << Integer.SIZE | index;
  }

  static long key(float cost, int index) {
    int bits = Float.floatToIntBits(cost);
    return key(bits ^ (bits >> 31 & Integer.MAX_VALUE), index);
  }

  /** Moves the {@code count} least of the first {@code length} keys to the front, unordered. */
  static void least(long[] keys, int length, int count) {
    int left = 0;
    int right = length - 1;
    while (left < right) {
      long middle = keys[(left + right) >>> 1];
      long low = Math.min(keys[left], keys[right]);
      long high = Math.max(keys[left], keys[right]);
      long pivot = Math.max(low, Math.min(high, middle));
      int i = left;
      int j = right;
      while (i <= j) {
        while (keys[i] < pivot) {
          i++;
        }
        while (keys[j] > pivot) {
          j--;
        }
        if (i <= j) {
          long swapped = keys[i];
          keys[i++] = keys[j];
          keys[j--] = swapped;
        }
      }
      if (count - 1 <= j) {
        right = j;
      } else if (count - 1 >= i) {
        left = i;
      } else {
        return;
      }
    }
  }
}
