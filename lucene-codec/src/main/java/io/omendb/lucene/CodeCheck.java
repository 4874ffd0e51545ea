/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene;

import io.omendb.lucene.quantize.PqEncoder;
import io.omendb.lucene.simd.Kernels;
import io.omendb.lucene.store.BlockStore;
import io.omendb.lucene.write.RawVectors;
import java.io.IOException;
import org.apache.lucene.index.FieldInfo;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.VectorSimilarityFunction;

/**
 * Whether the codes of a field are those of its vectors: some are made anew and compared. This is
 * what no checksum can tell.
 *
 * @param checked vectors encoded anew
 * @param wrong those whose stored code is another one. A byte may differ where two centroids are
 *     equally near, because sums round otherwise on another processor; a code of another vector
 *     differs in nearly all
 */
public record CodeCheck(int checked, int wrong) {
  /** Bytes of a code that may differ. */
  private static final int TOLERATED = 2;

  /**
   * Checks a field.
   *
   * @param reader a segment
   * @param sample vectors to check at most, evenly spaced
   * @return null if the segment has no such field, or not in this format, or without codes
   */
  public static CodeCheck of(LeafReader reader, String field, int sample) throws IOException {
    FieldInfo info = reader.getFieldInfos().fieldInfo(field);
    OmenVectorsReader vectors = OmenVectorsReader.of(reader, field);
    BlockStore store = vectors == null ? null : vectors.blocks(info);
    if (store == null) {
      return null;
    }
    int[] ords = new int[Math.min(sample, store.count())];
    for (int i = 0; i < ords.length; i++) {
      ords[i] = (int) ((long) i * store.count() / ords.length);
    }
    boolean cosine = info.getVectorSimilarityFunction() == VectorSimilarityFunction.COSINE;
    int subspaces = store.codebook().subspaces();
    byte[] expected = new byte[ords.length * subspaces];
    int[] next = new int[1];
    new PqEncoder(Kernels.best(), store.codebook())
        .encode(
            new RawVectors(vectors.values(info), cosine),
            ords,
            0,
            ords.length,
            (ord, codes, offset) ->
                System.arraycopy(codes, offset, expected, subspaces * next[0]++, subspaces));
    BlockStore.Cursor cursor = store.cursor();
    byte[] block = new byte[subspaces * Kernels.BLOCK_SIZE];
    int wrong = 0;
    for (int i = 0; i < ords.length; i++) {
      int slot = cursor.slotOfOrd(ords[i]);
      cursor.readBlock(slot / Kernels.BLOCK_SIZE, block);
      int differences = 0;
      for (int s = 0; s < subspaces; s++) {
        byte stored = block[s * Kernels.BLOCK_SIZE + slot % Kernels.BLOCK_SIZE];
        differences += stored == expected[i * subspaces + s] ? 0 : 1;
      }
      wrong += differences > TOLERATED ? 1 : 0;
    }
    return new CodeCheck(ords.length, wrong);
  }
}
