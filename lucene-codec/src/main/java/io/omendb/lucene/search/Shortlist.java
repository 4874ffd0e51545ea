/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene.search;

import java.util.Arrays;

/**
 * The vectors of least cost seen so far. Candidates are appended to a buffer of twice the size that
 * is wanted, which is cut back by selection when it is full, so that adding costs a store.
 */
final class Shortlist {
  /** Above every sum of a table. */
  static final int NO_LIMIT = Short.MAX_VALUE;

  /** Cost in the high, slot in the low half. */
  private long[] entries = new long[0];

  private int size;
  private int length;
  private int limit;

  /** Empties the list and sets how many entries it is to keep. */
  void reset(int size) {
    this.size = size;
    if (entries.length < 2 * size) {
      entries = new long[2 * size];
    }
    length = 0;
    limit = NO_LIMIT;
  }

  /** Costs from this bound on cannot enter. */
  int limit() {
    return limit;
  }

  /** Lowers the bound from which on costs cannot enter. */
  void lowerLimit(int bound) {
    limit = Math.min(limit, bound);
  }

  /** Entries, which may be more than are to be kept. */
  int length() {
    return length;
  }

  void add(int cost, int slot) {
    entries[length++] = (long) cost << Integer.SIZE | slot;
    if (length == 2 * size) {
      cut();
    }
  }

  /** Keeps the entries of least cost. */
  void cut() {
    if (length > size) {
      lowerLimit(cost(size));
      length = size;
    }
  }

  /** Drops the entries from a cost on. */
  void keepBelow(int bound) {
    int kept = 0;
    // Without a branch that depends on the entries, since no processor could predict it.
    for (int i = 0; i < length; i++) {
      long entry = entries[i];
      entries[kept] = entry;
      kept += (int) (entry >> Integer.SIZE) < bound ? 1 : 0;
    }
    length = kept;
  }

  /** Cost of the entry that has {@code rank - 1} better ones; there are at least {@code rank}. */
  int cost(int rank) {
    Selection.least(entries, 0, length, rank);
    return (int) (entries[rank - 1] >> Integer.SIZE);
  }

  /** Drops the entries that cost more than a bound, but keeps the best {@code atLeast} ones. */
  void trim(int bound, int atLeast) {
    int within = 0;
    for (int i = 0; i < length; i++) {
      within += (int) (entries[i] >> Integer.SIZE) <= bound ? 1 : 0;
    }
    if (within >= atLeast) {
      keepBelow(bound + 1);
    } else if (length > atLeast) {
      Selection.least(entries, 0, length, atLeast);
      length = atLeast;
    }
  }

  /** Sorts the entries by cost. */
  void sort() {
    Arrays.sort(entries, 0, length);
  }

  /** Slot of an entry. */
  int slot(int i) {
    return (int) entries[i];
  }
}
