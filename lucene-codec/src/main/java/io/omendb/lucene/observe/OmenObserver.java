/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene.observe;

/**
 * Hears of every search and every build in this JVM, from the thread that does it, so it has to be
 * quick and safe for threads: adding to a counter or a histogram is what it is for. What it throws
 * is logged and goes no further.
 */
public interface OmenObserver {
  /** A segment was searched. */
  default void searched(SearchReport report) {}

  /** A field of a new segment was built. */
  default void built(BuildReport report) {}
}
