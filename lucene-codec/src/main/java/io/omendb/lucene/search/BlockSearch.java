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

  /**
   * How much more patience than usual it takes where few are left: they are the nearer to each
   * other in their distances from the query, the fewer there are in a block.
   */
  private static final int FEW_PATIENCE = 4;

  /** Blocks that are ranked in the time in which one is scanned, about. */
  private static final int RANKED_PER_SCAN = 12;

  /** Rows in a stage of a search that does not know how many it wants, in least numbers of rows. */
  private static final int STAGE = 4;

  private final Kernels kernels;
  private final BlockStore store;
  private final BlockStore.Cursor cursor;
  private final Workspace workspace;
  private final float[] query;
  private final KnnVectorValues values;
  private final RandomVectorScorer scorer;
  private final KnnCollector collector;
  private final BlockScanner scanner;
  private final Reranker reranker;

  /** Whether the collector wants the k best and nothing else. */
  private final boolean ordinary;

  /** Slots that earlier rounds have reranked; null in the first. */
  private FixedBitSet reranked;

  BlockSearch(
      Kernels kernels,
      BlockStore store,
      Workspace workspace,
      float[] query,
      KnnVectorValues values,
      RandomVectorScorer scorer,
      KnnCollector collector)
      throws IOException {
    this.kernels = kernels;
    this.store = store;
    this.cursor = store.cursor();
    this.workspace = workspace;
    this.query = query;
    this.values = values;
    this.scorer = scorer;
    this.collector = collector;
    this.ordinary = collector.getClass() == TopKnnCollector.class;
    this.scanner =
        new BlockScanner(kernels, store, cursor, workspace, ordinary ? collector.k() : 0);
    this.reranker = new Reranker(scorer, collector);
  }

  void run(AcceptDocs acceptDocs, float factor) throws IOException {
    Bits accepted = scorer.getAcceptOrds(acceptDocs.bits());
    int candidates = accepted == null ? store.count() : Math.min(acceptDocs.cost(), store.count());
    double share = Math.max(1, candidates) / (double) store.count();
    Depth depth = Depth.of(collector.k(), factor, share);
    boolean few = accepted != null && share <= TIGHT;
    if (few || STAGE * depth.minRows() >= candidates) {
      searchFew(acceptDocs, depth);
    } else {
      searchBlocks(accepted, depth, share);
    }
  }

  /** Reranks what a filter leaves, after a look at the codes if that is much. */
  private void searchFew(AcceptDocs acceptDocs, Depth depth) throws IOException {
    int[] ords = RawSearch.acceptedOrds(values, acceptDocs);
    if (ords.length <= STAGE * depth.minRows()) {
      Reranker.prefetch(values, ords, ords.length);
      reranker.visit(ords, ords.length);
      return;
    }
    prepareTable();
    FixedBitSet slots = new FixedBitSet(store.blockCount() * Kernels.BLOCK_SIZE);
    for (int ord : ords) {
      slots.set(cursor.slotOfOrd(ord));
    }
    // Not worth it where nearly all would be scanned in any order.
    boolean ranked =
        ords.length
            > Math.max(FEW_PATIENCE * depth.patience(), store.blockCount() / RANKED_PER_SCAN);
    search(ranked ? ranking(store.blockCount()) : null, slots.getBits(), null, depth, ords.length);
  }

  /** Only where codes are scored: a table costs as much as scoring a hundred raw vectors. */
  private void prepareTable() {
    workspace.table.prepare(query, store.meta().metric(), store.meta().unitVectors());
  }

  /** Reranks what the blocks nearest to the query hold. */
  private void searchBlocks(Bits accepted, Depth depth, double share) throws IOException {
    prepareTable();
    BlockRanking ranking = ranking(Math.min(store.blockCount(), depth.ranked(share)));
    search(ranking, null, accepted, depth, store.count());
  }

  private BlockRanking ranking(int wanted) throws IOException {
    return BlockRanking.of(kernels, store, workspace, wanted);
  }

  /**
   * Searches deeper and deeper until the collector has what it wants.
   *
   * @param ranking order of the blocks, null for that of the file
   * @param wanted bits of the slots that count, null for all
   * @param accepted ordinals that count, null for all
   * @param candidates vectors that count, at most
   */
  private void search(
      BlockRanking ranking, long[] wanted, Bits accepted, Depth depth, int candidates)
      throws IOException {
    int[] seeds = seedBlocks();
    for (Depth round = depth; ; round = round.deeper()) {
      scanner.begin(round, candidates);
      boolean all = probe(ranking, seeds, wanted, accepted, round);
      Shortlist shortlist = scanner.finish();
      if (rerank(shortlist, round)
          || (all && shortlist.length() < round.maxRows())
          || round.equals(round.deeper())) {
        return;
      }
    }
  }

  /**
   * Scans blocks until strong newcomers stay away.
   *
   * @return whether all blocks were scanned
   */
  private boolean probe(
      BlockRanking ranking, int[] seeds, long[] wanted, Bits accepted, Depth depth)
      throws IOException {
    int scanned = 0;
    int quiet = 0;
    for (int place = -seeds.length; ; place++) {
      int block = place < 0 ? seeds[place + seeds.length] : block(ranking, place);
      if (block < 0) {
        return true;
      }
      long vectors = wanted == null ? vectors(block) : wanted[block];
      if (vectors == 0 || (place >= 0 && Arrays.binarySearch(seeds, block) >= 0)) {
        continue;
      }
      int before = workspace.shortlist.length();
      boolean newcomer = scanner.scan(block, vectors, accepted);
      // Under a filter, the limit on visits counts accepted vectors.
      countVisits(
          accepted == null ? Long.bitCount(vectors) : workspace.shortlist.length() - before);
      quiet = newcomer ? 0 : quiet + 1;
      scanned++;
      if (collector.earlyTerminated()) {
        return false;
      }
      // The rejected near the query tell how much farther than usual the accepted lie.
      double farther = wanted == null ? scanner.rejection() : FEW_PATIENCE;
      if (ranking != null
          && quiet >= farther * depth.patience()
          && scanned >= farther * depth.minProbes()
          && workspace.shortlist.length() >= depth.minRows()) {
        return false;
      }
    }
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

  /** Counts what the first round visits; a limit that is reached inside a block is just reached. */
  private void countVisits(int visits) {
    long left = collector.visitLimit() - collector.visitedCount();
    if (reranked == null && Math.min(visits, left) > 0) {
      collector.incVisitedCount((int) Math.min(visits, left));
    }
  }

  /**
   * Reranks the shortlist. An ordinary collector of the top k gets all of it at once; any other
   * gets it in stages of growing cost, as its k does not tell how much it wants.
   *
   * @return whether the search is over; if not, a deeper round may find more that can compete
   */
  private boolean rerank(Shortlist shortlist, Depth depth) throws IOException {
    int length = shortlist.length();
    int stage = ordinary ? length : Math.min(length, STAGE * depth.minRows());
    int[] ords = new int[stage];
    for (int from = 0; from < length; from += stage) {
      int size = 0;
      for (int i = from; i < Math.min(length, from + stage); i++) {
        if (reranked == null || !reranked.get(shortlist.slot(i))) {
          ords[size++] = cursor.ordOfSlot(shortlist.slot(i));
        }
      }
      Arrays.sort(ords, 0, size);
      Reranker.prefetch(values, ords, size);
      boolean competitive = reranker.collect(ords, size);
      if (ordinary || reranker.timeIsUp() || (size > 0 && !competitive)) {
        return true;
      }
    }
    if (reranked == null) {
      reranked = new FixedBitSet(store.blockCount() * Kernels.BLOCK_SIZE);
    }
    for (int i = 0; i < length; i++) {
      reranked.set(shortlist.slot(i));
    }
    return collector.earlyTerminated();
  }

  /** Blocks that hold the caller's seeds, ascending. */
  private int[] seedBlocks() throws IOException {
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
}
