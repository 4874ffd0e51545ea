/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.opensearch;

import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** Waits for what a cluster does in its own time. */
final class Patience {
  private static final long SECONDS = 60;

  private Patience() {}

  /** Asks again until the answer will do, or for a minute; returns the last answer. */
  static <T> T until(Predicate<T> good, Callable<T> question) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
    T answer = question.call();
    while (!good.test(answer) && System.nanoTime() < deadline) {
      Thread.sleep(100);
      answer = question.call();
    }
    return answer;
  }
}
