/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.benchmarks.soak;

import java.util.concurrent.locks.LockSupport;

/** Lets a thread do something so many times a second; what it was late for is not made up. */
final class Pace {
  private final long interval;
  private long next = System.nanoTime();

  Pace(double perSecond) {
    interval = (long) (1e9 / perSecond);
  }

  /** Waits until it is time for the next. */
  void await() {
    long now = System.nanoTime();
    if (next - now > 0) {
      LockSupport.parkNanos(next - now);
    }
    next = Math.max(next + interval, now);
  }
}
