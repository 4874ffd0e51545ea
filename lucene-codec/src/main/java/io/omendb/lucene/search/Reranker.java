/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene.search;

import java.io.IOException;
import org.apache.lucene.codecs.lucene95.HasIndexSlice;
import org.apache.lucene.index.KnnVectorValues;
import org.apache.lucene.search.KnnCollector;
import org.apache.lucene.search.knn.KnnSearchStrategy;
import org.apache.lucene.store.IndexInput;
import org.apache.lucene.util.hnsw.RandomVectorScorer;

/** Gives collectors exact scores, from raw vectors, in batches. */
final class Reranker {
  /** Vectors scored at once. */
  static final int BATCH = 64;

  private final RandomVectorScorer scorer;
  private final KnnCollector collector;

  /** Told of each batch, which is how a search with patience learns that it stagnates. */
  private final KnnSearchStrategy strategy;

  private final float[] scores = new float[BATCH];
  private final int[] batch = new int[BATCH];

  private int scored;

  /** Rows of which a byte is read before they are scored, null if none is. */
  private IndexInput rows;

  private int rowLength;

  /** Sum of these bytes. Nobody asks for it, but without it the compiler would not read them. */
  @SuppressWarnings("unused")
  private byte touched;

  Reranker(RandomVectorScorer scorer, KnnCollector collector) {
    this.scorer = scorer;
    this.collector = collector;
    this.strategy = strategy(collector.getSearchStrategy());
  }

  private static KnnSearchStrategy strategy(KnnSearchStrategy given) {
    KnnSearchStrategy strategy =
        given instanceof KnnSearchStrategy.Seeded seeded ? seeded.originalStrategy() : given;
    return strategy != null ? strategy : KnnSearchStrategy.Hnsw.DEFAULT;
  }

  /**
   * Asks for all the rows at once, so that a cold file is read at more than one place at a time.
   */
  static void prefetch(KnnVectorValues values, int[] ords, int count) throws IOException {
    if (values instanceof HasIndexSlice slices && slices.getSlice() != null) {
      IndexInput rows = slices.getSlice();
      int length = values.getVectorByteLength();
      for (int i = 0; i < count; i++) {
        rows.prefetch((long) ords[i] * length, length);
      }
    }
  }

  /**
   * Has a byte of each row read before its batch is scored. Of rows that are in memory, the
   * processor then finds more at a time than exact scores ask for.
   */
  void touchRows(KnnVectorValues values) {
    rows = values instanceof HasIndexSlice slices ? slices.getSlice() : null;
    rowLength = values.getVectorByteLength();
  }

  /**
   * Scores and collects vectors, unless time is up.
   *
   * @param ords ordinals, ascending, so that rows are read in file order
   * @return whether at least one of them could compete, as far as the collector tells
   */
  boolean collect(int[] ords, int count) throws IOException {
    float floorBefore = collector.minCompetitiveSimilarity();
    float best = Float.NEGATIVE_INFINITY;
    boolean allMovedFloor = true;
    for (int start = 0; start < count && !timeIsUp(); start += BATCH) {
      int size = Math.min(BATCH, count - start);
      score(ords, start, size);
      for (int i = 0; i < size && !timeIsUp(); i++) {
        best = Math.max(best, scores[i]);
        allMovedFloor &= collector.collect(scorer.ordToDoc(batch[i]), scores[i]);
      }
      strategy.nextVectorsBlock();
    }
    float floor = collector.minCompetitiveSimilarity();
    // A collector of all scores above a threshold lets its floor follow the scores it turns down
    // (from Lucene 10.4 on; before, its floor is infinitely low until it has seen a vector).
    boolean turnedAllDown =
        allMovedFloor
            && floor != floorBefore
            && floorBefore > Float.NEGATIVE_INFINITY
            && collector.k() == 1;
    return best >= floor && !turnedAllDown;
  }

  /** Scores and collects vectors, each of them a visit, until the collector has had enough. */
  boolean visit(int[] ords, int count) throws IOException {
    for (int start = 0; start < count; start += BATCH) {
      if (collector.earlyTerminated()) {
        return false;
      }
      int size = Math.min(BATCH, count - start);
      score(ords, start, size);
      collector.incVisitedCount(size);
      for (int i = 0; i < size && !timeIsUp(); i++) {
        collector.collect(scorer.ordToDoc(batch[i]), scores[i]);
      }
    }
    return true;
  }

  private void score(int[] ords, int start, int size) throws IOException {
    System.arraycopy(ords, start, batch, 0, size);
    for (int i = 0; rows != null && i < size; i++) {
      rows.seek((long) batch[i] * rowLength);
      touched += rows.readByte();
    }
    BulkScorer.score(scorer, batch, scores, size);
    scored += size;
  }

  /** Vectors scored so far. */
  int scored() {
    return scored;
  }

  /** Whether the search is to end at once; what a visit limit ends may still be reranked. */
  boolean timeIsUp() {
    return collector.earlyTerminated() && collector.visitedCount() < collector.visitLimit();
  }
}
