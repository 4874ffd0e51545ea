/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene.search;

import io.omendb.lucene.blocks.BlockLayout;
import io.omendb.lucene.quantize.CodeBuffer;
import io.omendb.lucene.simd.Kernels;

/** Codes as a scan wants them, and the cost of one code where it lies by itself. */
final class CodeLayout {
  private CodeLayout() {}

  /**
   * Transposes codes into blocks, layout [block][subspace][vector]; the last is padded, and as many
   * blocks follow as a scan goes beyond it.
   *
   * @param ordOfSlot ordinal of the vector at each place
   */
  static byte[] blocks(CodeBuffer codes, int[] ordOfSlot) {
    int subspaces = codes.codeLength();
    int padded = BlockLayout.blocks(ordOfSlot.length) + Kernels.SCAN_BLOCKS - 1;
    byte[] blocks = new byte[padded * Kernels.BLOCK_SIZE * subspaces];
    for (int slot = 0; slot < ordOfSlot.length; slot++) {
      int block = slot / Kernels.BLOCK_SIZE;
      int at = block * Kernels.BLOCK_SIZE * subspaces + slot % Kernels.BLOCK_SIZE;
      byte[] page = codes.page(ordOfSlot[slot]);
      int offset = codes.offset(ordOfSlot[slot]);
      for (int s = 0; s < subspaces; s++) {
        blocks[at + s * Kernels.BLOCK_SIZE] = page[offset + s];
      }
    }
    return blocks;
  }

  /** Cost of a code whose bytes lie side by side, one look into the table for each. */
  static int cost(byte[] table, byte[] codes, int offset, int subspaces) {
    int cost = 0;
    for (int s = 0; s < subspaces; s++) {
      cost += table[s * Kernels.CENTROIDS + (codes[offset + s] & 0xFF)] & 0xFF;
    }
    return cost;
  }
}
