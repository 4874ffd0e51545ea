/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.benchmarks;

import static java.util.Locale.ROOT;

/** Tells on standard error how far a long step is and what time it has left. For all threads. */
public final class Progress {
  private static final long INTERVAL = 5_000_000_000L;

  private final String step;
  private final long total;
  private final long start = System.nanoTime();
  private long done;
  private long lastTold = start;

  /**
   * Begins a step.
   *
   * @param total parts of the step
   */
  public Progress(String step, long total) {
    this.step = step;
    this.total = total;
  }

  /** Counts parts that were done. */
  public synchronized void step(long more) {
    done += more;
    long now = System.nanoTime();
    if (now - lastTold >= INTERVAL && done < total) {
      lastTold = now;
      double left = seconds() * (total - done) / done;
      System.err.printf(ROOT, "  %s: %,d of %,d, %s left%n", step, done, total, time(left));
    }
  }

  /** Ends the step; one that was quick leaves no line. */
  public synchronized void done() {
    if (seconds() >= 1) {
      System.err.printf(ROOT, "  %s: %,d in %s%n", step, done, time(seconds()));
    }
  }

  /** Time since the step began. */
  public double seconds() {
    return (System.nanoTime() - start) / 1e9;
  }

  private static String time(double seconds) {
    long whole = Math.round(seconds);
    return whole < 60
        ? String.format(ROOT, "%.1f s", seconds)
        : String.format(ROOT, "%d min %d s", whole / 60, whole % 60);
  }
}
