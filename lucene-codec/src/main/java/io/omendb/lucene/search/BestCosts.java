/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene.search;

/** The least costs seen so far, a bounded binary heap with the greatest of them on top. */
final class BestCosts {
  private int[] heap = new int[0];
  private int capacity;
  private int size;

  void reset(int capacity) {
    this.capacity = capacity;
    if (heap.length < capacity) {
      heap = new int[capacity];
    }
    size = 0;
  }

  /** Takes a cost; returns whether it is among the least. */
  boolean add(int cost) {
    if (size < capacity) {
      up(size++, cost);
      return true;
    }
    if (cost >= heap[0]) {
      return false;
    }
    down(cost);
    return true;
  }

  /** The greatest of the least costs, no bound while there are too few. */
  int greatest() {
    return size < capacity ? Shortlist.NO_LIMIT : heap[0];
  }

  private void up(int at, int cost) {
    int i = at;
    while (i > 0 && heap[(i - 1) / 2] < cost) {
      heap[i] = heap[(i - 1) / 2];
      i = (i - 1) / 2;
    }
    heap[i] = cost;
  }

  private void down(int cost) {
    int i = 0;
    for (int child = 1; child < size; child = 2 * i + 1) {
      if (child + 1 < size && heap[child + 1] > heap[child]) {
        child++;
      }
      if (heap[child] <= cost) {
        break;
      }
      heap[i] = heap[child];
      i = child;
    }
    heap[i] = cost;
  }
}
