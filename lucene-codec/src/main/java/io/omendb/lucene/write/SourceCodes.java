/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene.write;

import io.omendb.lucene.quantize.CodeBuffer;
import io.omendb.lucene.quantize.Codebook;
import io.omendb.lucene.simd.Kernels;
import io.omendb.lucene.store.BlockStore;
import java.io.IOException;
import java.util.List;
import org.apache.lucene.util.FixedBitSet;

/** Codes of a merge's sources, taken over byte for byte. */
final class SourceCodes {
  private SourceCodes() {}

  /**
   * Copies the codes of all sources that use a codebook.
   *
   * @return ordinals of the merged segment that have no code yet
   */
  static int[] copy(List<Source> sources, Codebook codebook, CodeBuffer codes) throws IOException {
    FixedBitSet copied = new FixedBitSet(codes.count());
    for (Source source : sources) {
      if (source.store().codebook().equals(codebook)) {
        copy(source, codes, copied);
      }
    }
    int[] missing = new int[codes.count() - copied.cardinality()];
    int length = 0;
    for (int ord = 0; ord < codes.count(); ord++) {
      if (!copied.get(ord)) {
        missing[length++] = ord;
      }
    }
    return missing;
  }

  private static void copy(Source source, CodeBuffer codes, FixedBitSet copied) throws IOException {
    BlockStore.Cursor cursor = source.store().cursor();
    int subspaces = codes.codeLength();
    byte[] block = new byte[Kernels.BLOCK_SIZE * subspaces];
    byte[] code = new byte[subspaces];
    for (int slot = 0; slot < source.store().count(); slot++) {
      int lane = slot % Kernels.BLOCK_SIZE;
      if (lane == 0) {
        cursor.readBlock(slot / Kernels.BLOCK_SIZE, block, 0);
      }
      int ord = source.newOrds()[cursor.ordOfSlot(slot)];
      if (ord >= 0) {
        for (int s = 0; s < subspaces; s++) {
          code[s] = block[s * Kernels.BLOCK_SIZE + lane];
        }
        codes.set(ord, code, 0);
        copied.set(ord);
      }
    }
  }
}
