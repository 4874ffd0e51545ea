/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.benchmarks.soak;

/**
 * What is done to an index, and for how long.
 *
 * @param seconds time under use, after the index was filled
 * @param points records over that time, evenly spaced
 * @param documents live documents, about, between which the number of them swings
 * @param changes a second, at most
 * @param searches a second, at most, over all searchers
 * @param searchers threads that search
 * @param queries searches of each point that are held against an exact scan
 * @param commits over the whole time, evenly spaced, as the next two
 * @param forcedMerges merges into one segment
 * @param restarts times that the writer and the directory are closed and opened again
 * @param seed of changes and queries; when each comes is up to the threads
 */
public record SoakPlan(
    double seconds,
    int points,
    int documents,
    double changes,
    double searches,
    int searchers,
    int queries,
    int commits,
    int forcedMerges,
    int restarts,
    long seed) {
  /** Checks bounds. */
  public SoakPlan {
    check("time in seconds", seconds, Double.MIN_VALUE);
    check("points", points, Verdict.EIGHTHS);
    check("documents", documents, 1);
    check("changes a second", changes, Double.MIN_VALUE);
    check("searches a second", searches, Double.MIN_VALUE);
    check("searchers", searchers, 1);
    check("queries", queries, 1);
    check("commits", commits, 0);
    check("forced merges", forcedMerges, 0);
    check("restarts", restarts, 0);
  }

  private static void check(String what, double value, double least) {
    if (!(value >= least)) {
      throw new IllegalArgumentException(
          what
              + " must be "
              + (least == Double.MIN_VALUE ? "above 0" : "at least " + (int) least)
              + "; is "
              + value);
    }
  }
}
