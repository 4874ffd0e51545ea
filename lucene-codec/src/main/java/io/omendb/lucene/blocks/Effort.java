/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene.blocks;

/** How much time a layout takes to become a good one. */
public enum Effort {
  /** A flush: vectors wait for it, and the segment is soon merged. */
  FLUSH(3),

  /** A merge: the segment stays, and every search gains from it. */
  MERGE(12);

  /** Rounds in which centroids are refined. */
  final int rounds;

  Effort(int rounds) {
    this.rounds = rounds;
  }
}
