/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.benchmarks;

import io.omendb.lucene.quantize.Parallel;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.lucene.search.TaskExecutor;

/** Threads for what is not timed; the calling thread is one of them. */
final class Threads implements AutoCloseable {
  private final ExecutorService executor;
  private final Parallel parallel;

  Threads(int count) {
    if (count <= 1) {
      executor = null;
      parallel = Parallel.SEQUENTIAL;
    } else {
      executor = Executors.newFixedThreadPool(count - 1);
      parallel = new Parallel(new TaskExecutor(executor), () -> {});
    }
  }

  Parallel parallel() {
    return parallel;
  }

  @Override
  public void close() {
    if (executor != null) {
      executor.shutdownNow();
    }
  }
}
