/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene.search;

import io.omendb.lucene.simd.Kernels;
import io.omendb.lucene.store.BlockStore;
import java.io.IOException;

/** Blocks that are scanned at once, up to {@link Kernels#SCAN_BLOCKS}. */
final class BlockBatch {
  private final int blockLength;
  private final byte[] codes;
  private final int[] blocks = new int[Kernels.SCAN_BLOCKS];
  private final long[] wanted = new long[Kernels.SCAN_BLOCKS];
  private int size;
  private int vectors;
  private int most;

  BlockBatch(int subspaces) {
    blockLength = subspaces * Kernels.BLOCK_SIZE;
    codes = new byte[Kernels.SCAN_BLOCKS * blockLength];
  }

  void clear() {
    size = 0;
    vectors = 0;
    most = 0;
  }

  /**
   * Adds a block.
   *
   * @param wanted bits of the vectors of the block that count, at least one
   */
  void add(int block, long wanted) {
    blocks[size] = block;
    this.wanted[size++] = wanted;
    int count = Long.bitCount(wanted);
    vectors += count;
    most = Math.max(most, count);
  }

  int size() {
    return size;
  }

  boolean isFull() {
    return size == blocks.length;
  }

  int block(int i) {
    return blocks[i];
  }

  /** Bits of the vectors of a block that count. */
  long wanted(int i) {
    return wanted[i];
  }

  /** Vectors that count, of all blocks. */
  int vectors() {
    return vectors;
  }

  /** The most vectors that count of any block. */
  int mostOfBlock() {
    return most;
  }

  /** Reads the codes of all blocks. */
  void read(BlockStore.Cursor cursor) throws IOException {
    for (int i = 0; i < size; i++) {
      cursor.readBlock(blocks[i], codes, i * blockLength);
    }
  }

  /** Codes that were read, layout [block][subspace][vector]; anything behind the last block. */
  byte[] codes() {
    return codes;
  }

  /** Where the codes of a block begin. */
  int offset(int i) {
    return i * blockLength;
  }
}
