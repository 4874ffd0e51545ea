/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene.quantize;

import java.io.IOException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.lucene.search.TaskExecutor;

/** Runs a computation on several threads, the way a merge would. */
public final class Threads {
  private Threads() {}

  /** A computation that is given threads. */
  @FunctionalInterface
  public interface Computation<T> {
    /** Computes the result. */
    T run(Parallel parallel) throws IOException;
  }

  /** Runs a computation on three threads. */
  public static <T> T three(Computation<T> computation) throws IOException {
    try (ExecutorService executor = Executors.newFixedThreadPool(3)) {
      return computation.run(new Parallel(new TaskExecutor(executor), () -> {}));
    }
  }
}
