/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene.search;

import io.omendb.lucene.simd.Kernels;
import io.omendb.lucene.store.BlockStore;
import java.io.IOException;
import java.util.Arrays;
import org.apache.lucene.codecs.lucene95.HasIndexSlice;
import org.apache.lucene.index.KnnVectorValues;
import org.apache.lucene.search.KnnCollector;
import org.apache.lucene.store.IndexInput;

/**
 * Scores the raw rows of the few vectors that a tight filter leaves, those of the nearest blocks
 * first. Where a block holds one or two of them, its codes are as many bytes as their rows, and
 * rows need no rerank; but only rows that are in memory are as quick to read.
 */
final class RowProbe {
  /** Bytes of rows for each byte of the codes of all blocks, up to which rows are read instead. */
  private static final long ROW_BYTES_PER_CODE_BYTE = 2;

  /** Rows scored between two looks at whether to go on. */
  private static final int BATCH = 32;

  private final BlockStore store;
  private final BlockStore.Cursor cursor;
  private final KnnCollector collector;
  private final Reranker reranker;

  RowProbe(BlockStore store, BlockStore.Cursor cursor, KnnCollector collector, Reranker reranker) {
    this.store = store;
    this.cursor = cursor;
    this.collector = collector;
    this.reranker = reranker;
  }

  /**
   * Whether rows are quicker to score than codes: few for each block, and in memory, as far as one
   * of them tells and the directory knows. To ask for one takes microseconds; it is another for
   * each query, so that the share of searches that take this way is that of the rows in memory.
   *
   * @param ords ordinals of the vectors that count, at least one
   */
  static boolean isQuicker(BlockStore store, KnnVectorValues values, int[] ords, float[] query)
      throws IOException {
    int length = values.getVectorByteLength();
    long codeBytes = (long) store.blockCount() * Kernels.BLOCK_SIZE * store.codebook().subspaces();
    if ((long) ords.length * length > ROW_BYTES_PER_CODE_BYTE * codeBytes
        || !(values instanceof HasIndexSlice slices)
        || slices.getSlice() == null) {
      return false;
    }
    int ord = ords[Math.floorMod(Float.hashCode(query[0]), ords.length)];
    IndexInput row = slices.getSlice().slice("row", (long) ord * length, length);
    return row.isLoaded().orElse(false);
  }

  /**
   * Scores and collects rows until no better ones turn up.
   *
   * @param wanted bits of the slots that count
   */
  void run(BlockRanking ranking, long[] wanted, Depth depth) throws IOException {
    int[] ords = new int[BATCH + Kernels.BLOCK_SIZE];
    int size = 0;
    int blocks = 0;
    int scanned = 0;
    int quiet = 0;
    for (int place = 0; ; place++) {
      int block = ranking.block(place);
      if (block >= 0) {
        size = addOrds(block, wanted[block], ords, size);
        blocks++;
        if (size < BATCH) {
          continue;
        }
      }
      Arrays.sort(ords, 0, size);
      store.checkDistinct(ords, size);
      float floor = collector.minCompetitiveSimilarity();
      if (!reranker.visit(ords, size) || block < 0) {
        return;
      }
      boolean better =
          floor == Float.NEGATIVE_INFINITY || collector.minCompetitiveSimilarity() > floor;
      quiet = better ? 0 : quiet + blocks;
      scanned += blocks;
      if (quiet >= Probe.FEW_PATIENCE * depth.patience()
          && scanned >= Probe.FEW_PATIENCE * depth.minProbes()) {
        return;
      }
      size = 0;
      blocks = 0;
    }
  }

  private int addOrds(int block, long wanted, int[] ords, int from) throws IOException {
    int size = from;
    for (long left = wanted; left != 0; left &= left - 1) {
      ords[size++] =
          cursor.ordOfSlot(block * Kernels.BLOCK_SIZE + Long.numberOfTrailingZeros(left));
    }
    return size;
  }
}
