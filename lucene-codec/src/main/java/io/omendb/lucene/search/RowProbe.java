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
import org.apache.lucene.util.ArrayUtil;

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

  /** Rows scored between two looks at whether to go on. */
  private static final int BATCH = 32;

  private final KnnVectorValues values;
  private final RowResidency residency;
  private final KnnCollector collector;
  private final Reranker reranker;

  RowProbe(
      KnnVectorValues values, RowResidency residency, KnnCollector collector, Reranker reranker) {
    this.values = values;
    this.residency = residency;
    this.collector = collector;
    this.reranker = reranker;
  }

  /**
   * Whether rows are quicker to score than codes: few enough, and in memory, as far as is known.
   *
   * @param k results wanted
   * @param ords ordinals of the vectors that count, at least one
   */
  static boolean isQuicker(
      BlockStore store, KnnVectorValues values, RowResidency residency, int k, int[] ords)
      throws IOException {
    long rowBytes = (long) ords.length * values.getVectorByteLength();
    long codeBytes = (long) store.blockCount() * Kernels.BLOCK_SIZE * store.codebook().subspaces();
    return k >= MIN_K
        && rowBytes <= ROW_BYTES_PER_CODE_BYTE * codeBytes
        && residency.areLoaded(values, ords);
  }

  /**
   * Scores and collects rows until no better ones turn up.
   *
   * @param vectors those that count
   */
  void run(BlockRanking ranking, BlockLists vectors, Depth depth) throws IOException {
    int[] ords = new int[BATCH + Kernels.BLOCK_SIZE];
    int size = 0;
    int blocks = 0;
    int scanned = 0;
    int quiet = 0;
    for (int place = 0; ; place++) {
      int block = ranking.block(place);
      if (block >= 0) {
        for (int at = vectors.last(block); at != 0; at = vectors.before(at)) {
          // A damaged map of vectors to slots may put any number of them into one block.
          ords = ArrayUtil.grow(ords, size + 1);
          ords[size++] = vectors.ord(at);
        }
        blocks++;
        if (size < BATCH) {
          continue;
        }
      }
      Arrays.sort(ords, 0, size);
      if (scanned == 0 && size > 0) {
        residency.look(values, ords, size);
      }
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
}
