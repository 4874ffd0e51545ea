/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.benchmarks.soak;

/** So many events, evenly spaced over a time that begins now. For one thread. */
final class Schedule {
  private final long interval;
  private long next;
  private int left;

  Schedule(double seconds, int events) {
    left = events;
    interval = (long) (seconds * 1e9 / (events + 1));
    next = System.nanoTime() + interval;
  }

  /** Whether it is time for the next event, which then counts as begun. */
  boolean due() {
    if (left == 0 || System.nanoTime() - next < 0) {
      return false;
    }
    left--;
    next += interval;
    return true;
  }
}
