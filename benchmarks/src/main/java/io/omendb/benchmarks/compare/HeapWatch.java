/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.benchmarks.compare;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * The most heap that a step has in use beyond what was in use before. Heap is looked at within
 * about a millisecond of each garbage collection of the step and after one at its end, since in
 * between it is mostly garbage. Young collections leave garbage in the old generation, so the
 * figure is an upper bound.
 */
final class HeapWatch implements AutoCloseable {
  private static final long INTERVAL_NANOS = 500_000;

  /** All but those that free nothing: a concurrent cycle ends among garbage. */
  private final List<GarbageCollectorMXBean> collectors =
      ManagementFactory.getGarbageCollectorMXBeans().stream()
          .filter(collector -> !collector.getName().contains("Concurrent"))
          .toList();

  private final long before = usedAfterCollection();
  private volatile long most;
  private volatile boolean closed;

  HeapWatch() {
    Thread watcher = new Thread(this::watch, "heap watch");
    watcher.setDaemon(true);
    watcher.start();
  }

  private void watch() {
    for (long known = collections(); !closed; LockSupport.parkNanos(INTERVAL_NANOS)) {
      long now = collections();
      if (now != known) {
        most = Math.max(most, used());
        known = now;
      }
    }
  }

  private long collections() {
    return collectors.stream().mapToLong(GarbageCollectorMXBean::getCollectionCount).sum();
  }

  /** Bytes so far. */
  long bytes() {
    return Math.max(0, Math.max(most, usedAfterCollection()) - before);
  }

  private static long usedAfterCollection() {
    System.gc();
    return used();
  }

  private static long used() {
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  @Override
  public void close() {
    closed = true;
  }
}
