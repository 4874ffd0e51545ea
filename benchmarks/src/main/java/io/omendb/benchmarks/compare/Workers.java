/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.benchmarks.compare;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Threads that do the same at the same time. */
final class Workers implements AutoCloseable {
  private final int count;
  private final ExecutorService executor;

  /** What each thread does. */
  interface Work {
    void run(int thread) throws IOException;
  }

  Workers(int count) {
    this.count = count;
    this.executor = Executors.newFixedThreadPool(count);
  }

  /** Runs in all threads and waits for them. */
  void run(Work work) throws IOException {
    List<Future<?>> all = new ArrayList<>();
    for (int thread = 0; thread < count; thread++) {
      int number = thread;
      all.add(
          executor.submit(() -> {
            work.run(number);
            return null;
          }));
    }
    for (Future<?> each : all) {
      try {
        each.get();
      } catch (ExecutionException e) {
        throw new IOException(e.getCause());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException(e);
      }
    }
  }

  @Override
  public void close() {
    executor.shutdownNow();
  }
}
