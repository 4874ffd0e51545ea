/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene;

import io.omendb.lucene.quantize.NearTies;
import io.omendb.lucene.quantize.PqEncoder;
import io.omendb.lucene.simd.Kernels;
import io.omendb.lucene.store.BlockStore;
import io.omendb.lucene.write.RawVectors;
import java.io.IOException;
import java.util.Arrays;
import org.apache.lucene.index.FieldInfo;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.VectorSimilarityFunction;

/**
 * Whether the codes of a field are those of its vectors: some are made anew and compared. This is
 * what no checksum can tell.
 *
 * @param checked vectors encoded anew
 * @param wrong those whose stored code names a centroid that is farther than the nearest. Where two
 *     are equally near but for rounding either is right, because sums round otherwise on another
 *     processor
 */
public record CodeCheck(int checked, int wrong) {
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
    RawVectors raw = new RawVectors(vectors.values(info), cosine);
    int subspaces = store.codebook().subspaces();
    byte[] expected = new byte[ords.length * subspaces];
    int[] next = new int[1];
    new PqEncoder(Kernels.best(), store.codebook())
        .encode(
            raw,
            ords,
            0,
            ords.length,
            (ord, codes, offset) ->
                System.arraycopy(codes, offset, expected, subspaces * next[0]++, subspaces));
    BlockStore.Cursor cursor = store.cursor();
    NearTies ties = new NearTies(store.codebook());
    float[] vector = new float[raw.dimension()];
    byte[] block = new byte[subspaces * Kernels.BLOCK_SIZE];
    byte[] code = new byte[subspaces];
    int wrong = 0;
    for (int i = 0; i < ords.length; i++) {
      int slot = cursor.slotOfOrd(ords[i]);
      cursor.readBlock(slot / Kernels.BLOCK_SIZE, block, 0);
      for (int s = 0; s < subspaces; s++) {
        code[s] = block[s * Kernels.BLOCK_SIZE + slot % Kernels.BLOCK_SIZE];
      }
      if (Arrays.equals(code, 0, subspaces, expected, i * subspaces, (i + 1) * subspaces)) {
        continue;
      }
      raw.read(ords[i], vector, 0);
      store.codebook().centre(vector, 1);
      for (int s = 0; s < subspaces; s++) {
        if (!ties.asNear(vector, s, code[s] & 0xFF, expected[i * subspaces + s] & 0xFF)) {
          wrong++;
          break;
        }
      }
    }
    return new CodeCheck(ords.length, wrong);
  }
}
