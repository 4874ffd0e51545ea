/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene.search;

import io.omendb.lucene.observe.SearchCost;
import io.omendb.lucene.simd.Kernels;
import io.omendb.lucene.store.BlockStore;
import java.io.IOException;
import java.util.Arrays;
import org.apache.lucene.index.KnnVectorValues;
import org.apache.lucene.search.AcceptDocs;
import org.apache.lucene.search.KnnCollector;
import org.apache.lucene.search.TopKnnCollector;
import org.apache.lucene.search.knn.KnnSearchStrategy;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.FixedBitSet;
import org.apache.lucene.util.hnsw.RandomVectorScorer;

/**
 * One search of one segment. Codes make a shortlist, raw vectors rerank it. The shortlist comes
 * from the blocks nearest to the query, or, where a filter leaves few vectors, from the codes of
 * these; their raw vectors are scored at once where that is quicker.
 */
final class BlockSearch {
  /** Up to this share of the vectors, a filter's vectors are scored one and all. */
  private static final double TIGHT = 0.05;

  /** Blocks that are ranked in the time in which one is scanned, about. */
  private static final int RANKED_PER_SCAN = 12;

  /** Rows in a stage of a search that does not know how many it wants, in least numbers of rows. */
  private static final int STAGE = 4;

  /**
   * Times that a table is made finer: each is a search anew, and gains a factor of two and more.
   */
  private static final int MAX_ZOOMS = 4;

  private final Kernels kernels;
  private final BlockStore store;
  private final BlockStore.Cursor cursor;
  private final Workspace workspace;
  private final RowResidency residency;
  private final float[] query;
  private final KnnVectorValues values;
  private final RandomVectorScorer scorer;
  private final KnnCollector collector;
  private final BlockScanner scanner;
  private final Reranker reranker;

  /** Whether the collector wants the k best and nothing else. */
  private final boolean ordinary;

  /** Ordinals that the filter accepts, null for all. */
  private Bits filter;

  /** Slots that earlier rounds have reranked; null in the first. */
  private FixedBitSet reranked;

  private SearchCost.Regime regime;
  private long tableNanos;
  private long probeNanos;
  private long rerankNanos;

  BlockSearch(
      Kernels kernels,
      BlockStore store,
      Workspace workspace,
      RowResidency residency,
      float[] query,
      KnnVectorValues values,
      RandomVectorScorer scorer,
      KnnCollector collector)
      throws IOException {
    this.kernels = kernels;
    this.store = store;
    this.cursor = store.cursor();
    this.workspace = workspace;
    this.residency = residency;
    this.query = query;
    this.values = values;
    this.scorer = scorer;
    this.collector = collector;
    this.ordinary = collector.getClass() == TopKnnCollector.class;
    this.scanner =
        new BlockScanner(kernels, store, cursor, workspace, ordinary ? collector.k() : 0);
    this.reranker = new Reranker(scorer, collector);
  }

  SearchCost run(AcceptDocs acceptDocs, float factor) throws IOException {
    Bits acceptedDocs = acceptDocs.bits();
    filter = scorer.getAcceptOrds(acceptedDocs);
    int candidates = filter == null ? store.count() : Math.min(acceptDocs.cost(), store.count());
    double share = Math.max(1, candidates) / (double) store.count();
    Depth depth = Depth.of(collector.k(), factor, share, values.getVectorByteLength());
    boolean few = filter != null && share <= TIGHT;
    if (few || STAGE * depth.minRows() >= candidates) {
      regime = SearchCost.Regime.FEW;
      boolean dense = acceptedDocs != null && acceptedDocs.length() == store.count();
      searchFew(acceptDocs, dense, depth);
    } else {
      regime = SearchCost.Regime.BLOCKS;
      searchBlocks(depth, share);
    }
    return new SearchCost(
        regime,
        scanner.blocks(),
        scanner.codes(),
        reranker.scored(),
        tableNanos,
        probeNanos,
        rerankNanos);
  }

  /**
   * Reranks what a filter leaves, after a look at the codes if that is much.
   *
   * @param dense whether every document has a vector
   */
  private void searchFew(AcceptDocs acceptDocs, boolean dense, Depth depth) throws IOException {
    int[] ords = RawSearch.acceptedOrds(values, acceptDocs, dense);
    if (ords.length <= STAGE * depth.minRows()) {
      regime = SearchCost.Regime.RAW;
      long start = System.nanoTime();
      Reranker.prefetch(values, ords, ords.length);
      reranker.visit(ords, ords.length);
      rerankNanos = System.nanoTime() - start;
      return;
    }
    prepareTable();
    // Not worth it where nearly all would be scanned in any order.
    boolean ranked =
        ords.length
            > Math.max(Probe.FEW_PATIENCE * depth.patience(), store.blockCount() / RANKED_PER_SCAN);
    int likely = ranked ? Probe.FEW_PATIENCE * depth.ranked(1) : 0;
    if (ranked
        && canProbeRows()
        && RowProbe.isQuicker(store, values, residency, collector.k(), ords)) {
      regime = SearchCost.Regime.ROWS;
      searchRows(likely, ords, depth);
      return;
    }
    FixedBitSet slots = new FixedBitSet(store.blockCount() * Kernels.BLOCK_SIZE);
    for (int ord : ords) {
      slots.set(cursor.slotOfOrd(ord));
    }
    search(likely, slots.getBits(), null, depth, ords.length);
  }

  /**
   * Whether the k best rows of ranked blocks are what is asked for: no seeds lead elsewhere, and
   * the table need not be made finer by costs of codes for blocks to be ranked.
   */
  private boolean canProbeRows() {
    return ordinary
        && !(collector.getSearchStrategy() instanceof KnnSearchStrategy.Seeded)
        && !workspace.table.isCoarse();
  }

  private void searchRows(int likely, int[] ords, Depth depth) throws IOException {
    long start = System.nanoTime();
    BlockLists vectors = new BlockLists(store, cursor, ords);
    BlockRanking ranking = ranking(vectors.wanted(), likely);
    long ranked = System.nanoTime();
    probeNanos = ranked - start;
    new RowProbe(values, residency, collector, reranker).run(ranking, vectors, depth);
    rerankNanos = System.nanoTime() - ranked;
  }

  /** Only where codes are scored: a table costs as much as scoring a hundred raw vectors. */
  private void prepareTable() {
    long start = System.nanoTime();
    workspace.table.prepare(query, store.meta().metric(), store.meta().unitVectors());
    tableNanos = System.nanoTime() - start;
  }

  /** Reranks what the blocks nearest to the query hold. */
  private void searchBlocks(Depth depth, double share) throws IOException {
    prepareTable();
    search(depth.ranked(share), null, filter, depth, store.count());
  }

  /**
   * Searches deeper and deeper until the collector has what it wants.
   *
   * @param likely blocks that a search probably does not exceed; 0 to take them as the file does
   * @param wanted bits of the slots that count, null for all
   * @param accepted ordinals that count, null for all
   * @param candidates vectors that count, at most
   */
  private void search(int likely, long[] wanted, Bits accepted, Depth depth, int candidates)
      throws IOException {
    Probe probe = new Probe(store, cursor, workspace, scanner, collector, wanted, accepted);
    long start = System.nanoTime();
    BlockRanking ranking = ranking(wanted, likely);
    for (Depth round = residency.areCold() ? depth.sparingRows() : depth;
        ;
        round = round.deeper()) {
      scanner.begin(round, candidates);
      boolean all = probe.run(ranking, round, reranked == null);
      for (int zooms = 0;
          zooms < MAX_ZOOMS && !collector.earlyTerminated() && scanner.zoom();
          zooms++) {
        scanner.begin(round, candidates);
        if (ranking != null) {
          ranking.refine();
        }
        all = probe.run(ranking, round, false);
      }
      Shortlist shortlist = scanner.finish();
      long end = System.nanoTime();
      probeNanos += end - start;
      boolean over = rerank(shortlist, round);
      start = System.nanoTime();
      rerankNanos += start - end;
      if (over || (all && shortlist.length() < round.maxRows()) || round.equals(round.deeper())) {
        return;
      }
    }
  }

  private BlockRanking ranking(long[] wanted, int likely) {
    return likely == 0 ? null : BlockRanking.of(kernels, store, workspace, wanted, likely);
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
        int slot = shortlist.slot(i);
        if (reranked == null || !reranked.get(slot)) {
          int ord = cursor.ordOfSlot(slot);
          // Where slots were wanted, and not vectors, damaged maps may lead to others than those.
          if (regime == SearchCost.Regime.FEW && filter != null && !filter.get(ord)) {
            throw cursor.strayed(ord, slot);
          }
          ords[size++] = ord;
        }
      }
      Arrays.sort(ords, 0, size);
      store.checkDistinct(ords, size);
      if (size > 0 && from == 0 && reranked == null) {
        residency.look(values, ords, size);
      }
      Reranker.prefetch(values, ords, size);
      if (residency.areLoaded()) {
        reranker.touchRows(values);
      }
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
}
