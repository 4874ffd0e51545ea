/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene.quantize;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.apache.lucene.search.TaskExecutor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TestParallel {

  @ParameterizedTest
  @CsvSource({"0, 5", "1, 5", "4, 5", "5, 5", "6, 5", "100, 7", "100, 1"})
  void testEveryIndexOnce(int count, int chunk) throws IOException {
    int[] ones = new int[count];
    Arrays.fill(ones, 1);
    assertArrayEquals(ones, visits(Parallel.SEQUENTIAL, count, chunk));
    assertArrayEquals(ones, Threads.three(parallel -> visits(parallel, count, chunk)));
  }

  private static int[] visits(Parallel parallel, int count, int chunk) throws IOException {
    AtomicIntegerArray visits = new AtomicIntegerArray(count);
    parallel.forRange(
        count,
        chunk,
        (from, to) -> {
          assertEquals(0, from % chunk);
          assertEquals(Math.min(count, from + chunk), to);
          for (int i = from; i < to; i++) {
            visits.incrementAndGet(i);
          }
        });
    int[] result = new int[count];
    Arrays.setAll(result, visits::get);
    return result;
  }

  @Test
  void testSequentialRunsInOrder() throws IOException {
    List<Integer> starts = new ArrayList<>();
    Parallel.SEQUENTIAL.forRange(10, 4, (from, to) -> starts.add(from));
    assertEquals(List.of(0, 4, 8), starts);
  }

  /** An executor is free to run tasks in any order; here the last comes first. */
  @Test
  void testOrderOfTasksDoesNotMatter() throws IOException {
    List<Runnable> held = new ArrayList<>();
    TaskExecutor backwards =
        new TaskExecutor(task -> {
          held.add(task);
          // The last of four chunks stays with the caller.
          if (held.size() == 3) {
            held.reversed().forEach(Runnable::run);
          }
        });
    int[] ones = new int[8];
    Arrays.fill(ones, 1);
    assertArrayEquals(ones, visits(new Parallel(backwards, () -> {}), 8, 2));
  }

  @Test
  void testExceptionsReachTheCaller() {
    Parallel.Chunk failing =
        (from, to) -> {
          if (from == 6) {
            throw new IOException("chunk " + from);
          }
        };
    IOException alone =
        assertThrows(IOException.class, () -> Parallel.SEQUENTIAL.forRange(10, 2, failing));
    assertEquals("chunk 6", alone.getMessage());
    IOException threaded =
        assertThrows(
            IOException.class,
            () ->
                Threads.three(parallel -> {
                  parallel.forRange(10, 2, failing);
                  return null;
                }));
    assertEquals("chunk 6", threaded.getMessage());
  }

  @Test
  void testAbortCheckComesBeforeEachChunk() throws IOException {
    AtomicInteger checks = new AtomicInteger();
    AtomicInteger chunks = new AtomicInteger();
    Parallel.AbortCheck check =
        () -> {
          if (checks.incrementAndGet() > 3) {
            throw new IOException("aborted");
          }
        };
    for (TaskExecutor executor : Arrays.asList(null, new TaskExecutor(Runnable::run))) {
      checks.set(0);
      chunks.set(0);
      Parallel parallel = new Parallel(executor, check);
      parallel.forRange(3, 1, (from, to) -> chunks.incrementAndGet());
      assertEquals(3, checks.get());
      assertThrows(
          IOException.class, () -> parallel.forRange(3, 1, (from, to) -> chunks.incrementAndGet()));
      assertEquals(3, chunks.get());
    }
  }
}
