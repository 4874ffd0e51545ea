/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.benchmarks.compare;

import java.util.Locale;

/** What searches meet. */
public enum Situation {
  /** One segment. */
  ONE,
  /** Several segments. */
  MANY,
  /** One segment, under filters that accept rows at random. */
  FILTERS,
  /** One segment, read through a {@link PageCache} smaller than its raw vectors. */
  MEMORY,
  /** One segment at first, while another thread updates documents. */
  INDEXING,
  /** One segment, opened anew with an empty {@link PageCache}. */
  COLD;

  /** Name in options and files. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The situation of that name. */
  public static Situation of(String text) {
    for (Situation situation : values()) {
      if (situation.text().equals(text)) {
        return situation;
      }
    }
    throw new IllegalArgumentException("situation must be one of those in --help, is " + text);
  }
}
