/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene.search;

import io.omendb.lucene.simd.Kernels;
import io.omendb.lucene.store.BlockStore;
import java.io.IOException;

/** The vectors that a filter leaves, listed block by block. */
final class BlockLists {
  private final int[] ords;

  /** Place of the last vector of each block, counted from 1; 0 for none. */
  private final long[] last;

  /** Place of the vector before each in its block, likewise. */
  private final int[] before;

  /**
   * Lists vectors.
   *
   * @param ords their ordinals, each once
   */
  BlockLists(BlockStore store, BlockStore.Cursor cursor, int[] ords) throws IOException {
    this.ords = ords;
    last = new long[store.blockCount()];
    before = new int[ords.length];
    for (int i = 0; i < ords.length; i++) {
      int block = cursor.slotOfOrd(ords[i]) / Kernels.BLOCK_SIZE;
      before[i] = (int) last[block];
      last[block] = i + 1L;
    }
  }

  /** A number for each block, 0 for those without any vector; not to be changed. */
  long[] wanted() {
    return last;
  }

  /** Place of the last vector of a block, counted from 1; 0 where there is none. */
  int last(int block) {
    return (int) last[block];
  }

  /** Place of the vector before one in its block; 0 before the first. */
  int before(int place) {
    return before[place - 1];
  }

  /** Ordinal of the vector at a place. */
  int ord(int place) {
    return ords[place - 1];
  }
}
