/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene.search;

import io.omendb.lucene.simd.Kernels;
import io.omendb.lucene.store.BlockStore;
import java.io.IOException;
import java.util.Arrays;
import org.apache.lucene.index.KnnVectorValues;
import org.apache.lucene.search.KnnCollector;

/**
 * Scores the raw rows of the few vectors that a tight filter leaves, those of the nearest blocks
 * first. They are hardly more bytes than the codes of the blocks that hold them, and need no
 * rerank; but only rows that are in memory are as quick to read.
 */
final class RowProbe {
  /** Bytes of rows for each byte of the codes of all blocks, up to which rows are read instead. */
  private static final long ROW_BYTES_PER_CODE_BYTE = 2;

  /** Results wanted at least: fewer change so seldom that it tells little when they do not. */
  private static final int MIN_K = 10;

  /** Components of a query that choose the row that is asked for. */
  private static final int HASHED = 16;

  /** Rows scored between two looks at whether to go on. */
  private static final int BATCH = 32;

  private final BlockStore.Cursor cursor;
  private final KnnVectorValues values;
  private final KnnCollector collector;
  private final Reranker reranker;

  RowProbe(
      BlockStore.Cursor cursor, KnnVectorValues values, KnnCollector collector, Reranker reranker) {
    this.cursor = cursor;
    this.values = values;
    this.collector = collector;
    this.reranker = reranker;
  }

  /**
   * Whether rows are quicker to score than codes: few enough, and in memory, as far as one of them
   * tells and the directory knows. To ask for one takes microseconds; it is another for each query,
   * so that the share of searches that take this way is that of the rows in memory.
   *
   * @param k results wanted
   * @param ords ordinals of the vectors that count, at least one
   */
  static boolean isQuicker(
      BlockStore store, KnnVectorValues values, int k, int[] ords, float[] query)
      throws IOException {
    int length = values.getVectorByteLength();
    long codeBytes = (long) store.blockCount() * Kernels.BLOCK_SIZE * store.codebook().subspaces();
    if (k < MIN_K || (long) ords.length * length > ROW_BYTES_PER_CODE_BYTE * codeBytes) {
      return false;
    }
    int hash = 0;
    for (int d = 0; d < Math.min(HASHED, query.length); d++) {
      hash = 31 * hash + Float.hashCode(query[d]);
    }
    // Many hashes end in the same bits: the top ones of a product are mixed of all.
    int mixed = hash * 0x9E3779B9;
    int ord = ords[(int) ((Integer.toUnsignedLong(mixed) * ords.length) >>> Integer.SIZE)];
    return RowResidency.isLoaded(values, ord).orElse(false);
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
      Reranker.prefetch(values, ords, size);
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
      int slot = block * Kernels.BLOCK_SIZE + Long.numberOfTrailingZeros(left);
      int ord = cursor.ordOfSlot(slot);
      // Else two slots may lead to one vector, which would be found twice.
      if (cursor.slotOfOrd(ord) != slot) {
        throw cursor.mismatch(ord, slot);
      }
      ords[size++] = ord;
    }
    return size;
  }
}
