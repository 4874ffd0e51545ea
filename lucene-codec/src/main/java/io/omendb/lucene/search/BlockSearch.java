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
import org.apache.lucene.search.AcceptDocs;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.KnnCollector;
import org.apache.lucene.search.TopKnnCollector;
import org.apache.lucene.search.knn.KnnSearchStrategy;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.FixedBitSet;
import org.apache.lucene.util.hnsw.RandomVectorScorer;

/**
 * One search of one segment. Codes make a shortlist, raw vectors rerank it. The shortlist comes
 * from the blocks nearest to the query, or, where a filter leaves few vectors, from the codes of
 * these.
 */
final class BlockSearch {
  /** Up to this share of the vectors, a filter's vectors are scored one and all. */
  private static final double TIGHT = 0.05;

  /** Codes of a block scored one by one where a filter wants no more of them. */
  private static final int MAX_SINGLE = 4;

  /** Rows in a stage of a search that does not know how many it wants, in least numbers of rows. */
  private static final int STAGE = 4;

  private final Kernels kernels;
  private final BlockStore store;
  private final BlockStore.Cursor cursor;
  private final Workspace workspace;
  private final KnnVectorValues values;
  private final RandomVectorScorer scorer;
  private final KnnCollector collector;
  private final Reranker reranker;

  /** Whether the collector wants the k best and nothing else. */
  private final boolean ordinary;

  BlockSearch(
      Kernels kernels,
      BlockStore store,
      Workspace workspace,
      KnnVectorValues values,
      RandomVectorScorer scorer,
      KnnCollector collector)
      throws IOException {
    this.kernels = kernels;
    this.store = store;
    this.cursor = store.cursor();
    this.workspace = workspace;
    this.values = values;
    this.scorer = scorer;
    this.collector = collector;
    this.reranker = new Reranker(scorer, collector);
    this.ordinary = collector.getClass() == TopKnnCollector.class;
  }

  void run(AcceptDocs acceptDocs) throws IOException {
    Bits accepted = scorer.getAcceptOrds(acceptDocs.bits());
    int candidates = accepted == null ? store.count() : Math.min(acceptDocs.cost(), store.count());
    double share = Math.max(1, candidates) / (double) store.count();
    Depth depth = Depth.of(collector.k(), store.meta().searchDepth(), share);
    boolean few = accepted != null && share <= TIGHT;
    if (few || STAGE * depth.minRows() >= candidates) {
      searchFew(acceptDocs, depth);
    } else {
      searchBlocks(accepted, depth);
    }
  }

  /** Reranks raw what a filter leaves, after a look at the codes if that is much. */
  private void searchFew(AcceptDocs acceptDocs, Depth depth) throws IOException {
    int[] ords = RawSearch.acceptedOrds(values, acceptDocs);
    if (ords.length <= STAGE * depth.minRows()) {
      Reranker.prefetch(values, ords, ords.length);
      reranker.visit(ords, ords.length);
      return;
    }
    FixedBitSet slots = new FixedBitSet(store.blockCount() * Kernels.BLOCK_SIZE);
    for (int ord : ords) {
      slots.set(cursor.slotOfOrd(ord));
    }
    Shortlist shortlist = workspace.shortlist;
    FixedBitSet collected = null;
    for (Depth stage = depth; ; stage = stage.deeper()) {
      shortlist.reset(Math.min(stage.maxRows(), ords.length));
      workspace.best.reset(stage.strong());
      scanSlots(slots, stage, collected == null);
      shortlist.cut();
      if (rerankStages(stage, collected) || shortlist.length() == ords.length) {
        return;
      }
      collected = collected == null ? new FixedBitSet(slots.length()) : collected;
      markCollected(collected);
    }
  }

  /** Scores the codes of single slots. */
  private void scanSlots(FixedBitSet slots, Depth depth, boolean countVisits) throws IOException {
    long[] words = slots.getBits();
    for (int block = 0; block < store.blockCount(); block++) {
      long wanted = words[block];
      if (wanted == 0) {
        continue;
      }
      if (collector.earlyTerminated()) {
        return;
      }
      cursor.readBlock(block, workspace.block);
      int size = Long.bitCount(wanted);
      if (size <= MAX_SINGLE) {
        scanSingle(block, wanted);
      } else {
        scanBlock(block, wanted, null, depth);
      }
      if (countVisits) {
        collector.incVisitedCount(size);
      }
    }
  }

  private void scanSingle(int block, long wanted) {
    byte[] table = workspace.table.table();
    int subspaces = store.codebook().subspaces();
    for (long left = wanted; left != 0; left &= left - 1) {
      int vector = Long.numberOfTrailingZeros(left);
      int cost = 0;
      for (int s = 0; s < subspaces; s++) {
        int code = workspace.block[s * Kernels.BLOCK_SIZE + vector] & 0xFF;
        cost += table[s * Kernels.CENTROIDS + code] & 0xFF;
      }
      if (cost < workspace.shortlist.limit()) {
        workspace.shortlist.add(cost, block * Kernels.BLOCK_SIZE + vector);
      }
    }
  }

  private void searchBlocks(Bits accepted, Depth depth) throws IOException {
    Shortlist shortlist = workspace.shortlist;
    int[] seeds = seedBlocks();
    BlockRanking ranking =
        BlockRanking.of(
            store,
            cursor,
            workspace.table,
            Math.min(store.blockCount(), Math.max(depth.ranked(), seeds.length)));
    FixedBitSet collected = null;
    for (Depth stage = depth; ; stage = stage.deeper()) {
      shortlist.reset(Math.min(stage.maxRows(), store.count()));
      workspace.best.reset(stage.strong());
      boolean all = probe(ranking, seeds, accepted, stage, collected == null);
      shortlist.cut();
      if (rerankStages(stage, collected) || (all && shortlist.length() < stage.maxRows())) {
        return;
      }
      collected =
          collected == null ? new FixedBitSet(store.blockCount() * Kernels.BLOCK_SIZE) : collected;
      markCollected(collected);
    }
  }

  /**
   * Scans blocks until strong newcomers stay away.
   *
   * @return whether all blocks were scanned
   */
  private boolean probe(
      BlockRanking ranking, int[] seeds, Bits accepted, Depth depth, boolean countVisits)
      throws IOException {
    int scanned = 0;
    int quiet = 0;
    for (int place = -seeds.length; ; place++) {
      int block = place < 0 ? seeds[place + seeds.length] : ranking.block(place);
      if (block < 0) {
        return true;
      }
      if (place >= 0 && Arrays.binarySearch(seeds, block) >= 0) {
        continue;
      }
      cursor.readBlock(block, workspace.block);
      int size = Math.min(Kernels.BLOCK_SIZE, store.count() - block * Kernels.BLOCK_SIZE);
      int before = workspace.shortlist.length();
      boolean newcomer = scanBlock(block, -1L >>> (Kernels.BLOCK_SIZE - size), accepted, depth);
      if (countVisits) {
        collector.incVisitedCount(
            accepted == null ? size : Math.max(0, workspace.shortlist.length() - before));
      }
      quiet = newcomer ? 0 : quiet + 1;
      scanned++;
      if (collector.earlyTerminated()) {
        return false;
      }
      if (quiet >= depth.patience()
          && scanned >= depth.minProbes()
          && workspace.shortlist.length() >= depth.minRows()) {
        return false;
      }
    }
  }

  /**
   * Scores the codes of a block.
   *
   * @param wanted vectors of the block that count
   * @param accepted ordinals that count, null for all
   * @param depth of the search
   * @return whether one of them is among the strong
   */
  private boolean scanBlock(int block, long wanted, Bits accepted, Depth depth) throws IOException {
    Shortlist shortlist = workspace.shortlist;
    short[] sums = workspace.sums;
    long below =
        kernels.scan(
            workspace.table.table(),
            workspace.block,
            0,
            store.codebook().subspaces(),
            sums,
            shortlist.limit());
    boolean newcomer = false;
    for (long left = below; left != 0; left &= left - 1) {
      int lane = Long.numberOfTrailingZeros(left);
      int vector = Kernels.vectorOf(lane);
      int cost = sums[lane];
      if ((wanted >>> vector & 1) == 0 || cost >= shortlist.limit()) {
        continue;
      }
      int slot = block * Kernels.BLOCK_SIZE + vector;
      if (accepted == null || accepted.get(cursor.ordOfSlot(slot))) {
        shortlist.add(cost, slot);
        newcomer |= workspace.best.add(cost);
      }
    }
    if (newcomer && ordinary) {
      // What could be reranked in the end, if the best so far stay the best.
      shortlist.lowerLimit(1 + bound(workspace.best.greatest(), depth));
    }
    return newcomer;
  }

  /**
   * Reranks the shortlist. An ordinary collector of the top k gets all of it at once; any other
   * gets it in stages of growing cost, as its k does not tell how much it wants.
   *
   * @param collected slots that earlier stages have reranked already, or null
   * @return whether the search is over
   */
  private boolean rerankStages(Depth depth, FixedBitSet collected) throws IOException {
    Shortlist shortlist = workspace.shortlist;
    if (ordinary) {
      trim(depth);
    } else {
      shortlist.sort();
    }
    int length = shortlist.length();
    int stage = ordinary ? length : Math.min(length, STAGE * depth.minRows());
    int[] ords = new int[stage];
    for (int from = 0; from < length; from += stage) {
      int size = 0;
      for (int i = from; i < Math.min(length, from + stage); i++) {
        if (collected == null || !collected.get(shortlist.slot(i))) {
          ords[size++] = cursor.ordOfSlot(shortlist.slot(i));
        }
      }
      Arrays.sort(ords, 0, size);
      Reranker.prefetch(values, ords, size);
      boolean competitive = reranker.collect(ords, 0, size);
      if (ordinary || reranker.timeIsUp() || (size > 0 && !competitive)) {
        return true;
      }
    }
    return collector.earlyTerminated();
  }

  /** Keeps what may be among the k best, as far as the error of the codes lets one tell. */
  private void trim(Depth depth) {
    Shortlist shortlist = workspace.shortlist;
    if (shortlist.length() > depth.minRows()) {
      int kth = shortlist.cost(Math.min(collector.k(), shortlist.length()));
      shortlist.trim(bound(kth, depth), depth.minRows());
    }
  }

  /** Greatest cost that is reranked when {@code cost} is that of the k-th best. */
  private int bound(int cost, Depth depth) {
    double bound = cost + depth.margin() * workspace.table.scatter(cost);
    return (int) Math.min(Shortlist.NO_LIMIT - 1, bound);
  }

  private void markCollected(FixedBitSet collected) {
    for (int i = 0; i < workspace.shortlist.length(); i++) {
      collected.set(workspace.shortlist.slot(i));
    }
  }

  /** Blocks that hold the caller's seeds, ascending. */
  private int[] seedBlocks() throws IOException {
    if (!(collector.getSearchStrategy() instanceof KnnSearchStrategy.Seeded seeded)) {
      return new int[0];
    }
    FixedBitSet blocks = new FixedBitSet(store.blockCount());
    DocIdSetIterator ords = seeded.entryPoints();
    for (int ord = ords.nextDoc(); ord != DocIdSetIterator.NO_MORE_DOCS; ord = ords.nextDoc()) {
      blocks.set(cursor.slotOfOrd(ord) / Kernels.BLOCK_SIZE);
    }
    int[] seeds = new int[blocks.cardinality()];
    int length = 0;
    for (int block = blocks.nextSetBit(0); block != DocIdSetIterator.NO_MORE_DOCS; ) {
      seeds[length++] = block;
      block =
          block + 1 < blocks.length()
              ? blocks.nextSetBit(block + 1)
              : DocIdSetIterator.NO_MORE_DOCS;
    }
    return seeds;
  }
}
