/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene.quantize;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.lucene.search.TaskExecutor;

/**
 * Runs independent chunks of work, on the threads of a merge where it has any. Chunks are the same
 * whatever the number of threads, so results are too.
 */
public final class Parallel {
  /** One after the other on the calling thread, never aborted. */
  public static final Parallel SEQUENTIAL = new Parallel(null, () -> {});

  /** A task over the half-open range {@code [from, to)}. */
  @FunctionalInterface
  public interface Chunk {
    /** Does the work of one range. */
    void run(int from, int to) throws IOException;
  }

  /** Throws when the work has become useless, as when a merge is aborted. */
  @FunctionalInterface
  public interface AbortCheck {
    /** Called before each chunk. */
    void check() throws IOException;
  }

  private final TaskExecutor executor;
  private final AbortCheck abortCheck;

  /**
   * Runs chunks on the threads of an executor.
   *
   * @param executor runs the chunks, or null for the calling thread
   * @param abortCheck asked before each chunk
   */
  public Parallel(TaskExecutor executor, AbortCheck abortCheck) {
    this.executor = executor;
    this.abortCheck = abortCheck;
  }

  /** One of two tasks that differ. */
  @FunctionalInterface
  public interface Task {
    /** Does all of it. */
    void run() throws IOException;
  }

  /** Runs two tasks, the first before the second on one thread, and waits for both. */
  public void both(Task first, Task second) throws IOException {
    forRange(2, 1, (task, end) -> (task == 0 ? first : second).run());
  }

  /** Runs {@code task} over {@code [0, count)} in ranges of {@code chunkSize}; waits for all. */
  public void forRange(int count, int chunkSize, Chunk task) throws IOException {
    if (executor == null || count <= chunkSize) {
      for (int from = 0; from < count; from += chunkSize) {
        abortCheck.check();
        task.run(from, Math.min(count, from + chunkSize));
      }
      return;
    }
    List<Callable<Void>> tasks = new ArrayList<>();
    for (int from = 0; from < count; from += chunkSize) {
      int start = from;
      tasks.add(() -> {
        abortCheck.check();
        task.run(start, Math.min(count, start + chunkSize));
        return null;
      });
    }
    executor.invokeAll(tasks);
  }
}
