/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.benchmarks;

/** The indexes of least cost seen so far, in a buffer that is cut back when it is full. */
final class Shortlist {
  private long[] keys = new long[0];
  private int size;
  private int length;
  private int limit;

  void reset(int size) {
    this.size = size;
    if (keys.length < 2 * size) {
      keys = new long[2 * size];
    }
    length = 0;
    limit = Short.MAX_VALUE;
  }

  /** Costs from this bound on cannot enter. */
  int limit() {
    return limit;
  }

  void add(int cost, int index) {
    keys[length++] = Selection.key(cost, index);
    if (length == 2 * size) {
      cut();
    }
  }

  /** Drops all but the best; returns how many are left. */
  int cut() {
    if (length > size) {
      Selection.least(keys, length, size);
      length = size;
      long greatest = 0;
      for (int i = 0; i < size; i++) {
        greatest = Math.max(greatest, keys[i]);
      }
      limit = (int) (greatest >> Integer.SIZE);
    }
    return length;
  }

  int index(int i) {
    return (int) keys[i];
  }
}
