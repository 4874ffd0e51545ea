/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene.search;

import io.omendb.lucene.quantize.Codebook;
import org.apache.lucene.util.FixedBitSet;

/**
 * The least of some costs, as many as are asked for. They are few different numbers, so they are
 * counted: a newcomer is, and one of the greatest is not any more. A heap takes longer, as no
 * processor can predict its branches.
 */
final class BestCosts {
  /** One more than the greatest sum of a table. */
  private static final int COSTS = Codebook.MAX_SUBSPACES * 255 + 1;

  private final int[] counts = new int[COSTS];

  /** Costs of which the count is not 0. */
  private final FixedBitSet counted = new FixedBitSet(COSTS);

  private int capacity;
  private int size;

  /** The greatest that is counted. */
  private int greatest;

  /**
   * Begins anew.
   *
   * @param capacity how many are asked for
   */
  void reset(int capacity) {
    while (size > 0) {
      size -= counts[greatest];
      counts[greatest] = 0;
      dropGreatest();
    }
    this.capacity = capacity;
  }

  /**
   * Takes a cost; returns whether it is among the least.
   *
   * @param cost sum of a table, 0 and more
   */
  boolean add(int cost) {
    if (size < capacity) {
      greatest = size == 0 ? cost : Math.max(greatest, cost);
      size++;
      count(cost);
      return true;
    }
    if (cost >= greatest) {
      return false;
    }
    count(cost);
    if (--counts[greatest] == 0) {
      dropGreatest();
    }
    return true;
  }

  private void count(int cost) {
    counts[cost]++;
    counted.set(cost);
  }

  /** Goes on to the greatest cost of which there is still one. */
  private void dropGreatest() {
    counted.clear(greatest);
    greatest = counted.prevSetBit(greatest);
  }

  /** The greatest of the least costs, no bound while there are too few. */
  int greatest() {
    return size < capacity ? Shortlist.NO_LIMIT : greatest;
  }
}
