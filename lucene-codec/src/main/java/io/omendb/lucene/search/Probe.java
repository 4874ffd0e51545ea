/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene.search;

import io.omendb.lucene.simd.Kernels;
import io.omendb.lucene.store.BlockStore;
import java.io.IOException;
import java.util.Arrays;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.KnnCollector;
import org.apache.lucene.search.knn.KnnSearchStrategy;
import org.apache.lucene.util.Bits;

/** Takes blocks, the most promising first, until there is nothing more to expect. */
final class Probe {
  /**
   * How much more patience than usual it takes where few vectors count: a block holds one or two of
   * them, so that one without a newcomer tells little.
   */
  static final int FEW_PATIENCE = 4;

  private final BlockStore store;
  private final Workspace workspace;
  private final BlockScanner scanner;
  private final KnnCollector collector;
  private final long[] wanted;
  private final Bits accepted;
  private final int[] seeds;
  private final BlockBatch batch;

  /** Place of the next block in the order; seeds come before it. */
  private int place;

  /**
   * A probe for one search.
   *
   * @param wanted bits of the slots that count, null for all
   * @param accepted ordinals that count, null for all
   */
  Probe(
      BlockStore store,
      BlockStore.Cursor cursor,
      Workspace workspace,
      BlockScanner scanner,
      KnnCollector collector,
      long[] wanted,
      Bits accepted)
      throws IOException {
    this.store = store;
    this.workspace = workspace;
    this.scanner = scanner;
    this.collector = collector;
    this.wanted = wanted;
    this.accepted = accepted;
    this.seeds = seedBlocks(cursor, collector);
    this.batch = workspace.batch;
  }

  /** Blocks that hold the caller's seeds, ascending. */
  private static int[] seedBlocks(BlockStore.Cursor cursor, KnnCollector collector)
      throws IOException {
    if (!(collector.getSearchStrategy() instanceof KnnSearchStrategy.Seeded seeded)) {
      return new int[0];
    }
    int[] blocks = new int[seeded.numberOfEntryPoints()];
    int length = 0;
    DocIdSetIterator ords = seeded.entryPoints();
    for (int ord = ords.nextDoc();
        ord != DocIdSetIterator.NO_MORE_DOCS && length < blocks.length;
        ord = ords.nextDoc()) {
      blocks[length++] = cursor.slotOfOrd(ord) / Kernels.BLOCK_SIZE;
    }
    return Arrays.stream(blocks, 0, length).sorted().distinct().toArray();
  }

  /**
   * Scans blocks until strong newcomers stay away.
   *
   * @param ranking order of the blocks; null for all of them in the order of the file
   * @param countVisits whether the collector hears of the vectors visited
   * @return whether all blocks were scanned
   */
  boolean run(BlockRanking ranking, Depth depth, boolean countVisits) throws IOException {
    place = -seeds.length;
    int scanned = 0;
    int quiet = 0;
    for (boolean more = true; more; ) {
      more = fillBatch(ranking);
      int before = workspace.shortlist.length();
      int quietAtEnd = scanner.scan(batch, accepted);
      if (countVisits) {
        // Under a filter, the limit on visits counts accepted vectors.
        count(accepted == null ? batch.vectors() : workspace.shortlist.length() - before);
      }
      quiet = quietAtEnd < batch.size() ? quietAtEnd : quiet + quietAtEnd;
      scanned += batch.size();
      if (collector.earlyTerminated()) {
        return false;
      }
      // The rejected near the query tell how much farther than usual the accepted lie.
      double farther = wanted == null ? scanner.rejection() : FEW_PATIENCE;
      if (more
          && ranking != null
          && quiet >= farther * depth.patience()
          && scanned >= farther * depth.minProbes()
          && workspace.shortlist.length() >= depth.minRows()) {
        return false;
      }
    }
    return true;
  }

  /** Fills the batch with the next blocks; returns whether there may be more. */
  private boolean fillBatch(BlockRanking ranking) {
    batch.clear();
    for (; !batch.isFull(); place++) {
      int block = place < 0 ? seeds[place + seeds.length] : block(ranking, place);
      if (block < 0) {
        return false;
      }
      long vectors = wanted == null ? vectors(block) : wanted[block];
      if (vectors != 0 && (place < 0 || Arrays.binarySearch(seeds, block) < 0)) {
        batch.add(block, vectors);
      }
    }
    return true;
  }

  /** Block at a place of the order, -1 beyond the last. */
  private int block(BlockRanking ranking, int place) {
    if (ranking != null) {
      return ranking.block(place);
    }
    return place < store.blockCount() ? place : -1;
  }

  /** Bits of the slots of a block that hold a vector. */
  private long vectors(int block) {
    int size = Math.min(Kernels.BLOCK_SIZE, store.count() - block * Kernels.BLOCK_SIZE);
    return -1L >>> (Kernels.BLOCK_SIZE - size);
  }

  /** Counts visits; a limit that is reached inside a block is just reached. */
  private void count(int visits) {
    long left = collector.visitLimit() - collector.visitedCount();
    if (Math.min(visits, left) > 0) {
      collector.incVisitedCount((int) Math.min(visits, left));
    }
  }
}
