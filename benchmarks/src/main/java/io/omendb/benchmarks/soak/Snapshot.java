/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.benchmarks.soak;

import io.omendb.benchmarks.ExactSearch;
import java.io.IOException;
import java.util.Arrays;
import java.util.BitSet;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.KnnFloatVectorQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.util.VectorUtil;

/**
 * What a scan of all live documents finds in one snapshot of the index, and how searches of the
 * same snapshot compare.
 *
 * @param recall of searches without a filter, of 1
 * @param filteredRecall of searches under a filter that a tenth of the documents passes
 * @param wrong documents whose vector is not that of their row, bit for bit, or that have none, or
 *     a key that another has
 * @param documents live
 */
record Snapshot(double recall, double filteredRecall, int wrong, int documents) {
  static final int K = 10;

  /**
   * Scans and searches.
   *
   * @param queries of unit length; the filter of each is told by its place
   */
  static Snapshot of(IndexSearcher searcher, LiveDocuments documents, float[][] queries)
      throws IOException {
    float[][] best = noScores(queries.length);
    float[][] filteredBest = noScores(queries.length);
    BitSet keys = new BitSet(documents.keys());
    int[] wrong = new int[1];
    LiveScan.of(
        searcher.getIndexReader(),
        (key, row, vector) -> {
          wrong[0] += Arrays.equals(vector, documents.vector(row)) ? 0 : 1;
          keys.set(key);
          for (int q = 0; q < queries.length; q++) {
            float score = score(VectorUtil.dotProduct(queries[q], vector));
            ExactSearch.insert(best[q], score);
            if (row % LiveDocuments.SHARES == share(q)) {
              ExactSearch.insert(filteredBest[q], score);
            }
          }
        });
    int live = searcher.getIndexReader().numDocs();
    return new Snapshot(
        recall(searcher, queries, best, false),
        recall(searcher, queries, filteredBest, true),
        wrong[0] + live - keys.cardinality(),
        live);
  }

  /** The search of a query, of the filter that its place tells or without. */
  static Query query(float[] query, int place, boolean filtered) {
    Query filter =
        filtered
            ? new TermQuery(new Term(LiveDocuments.SHARE, Integer.toString(share(place))))
            : null;
    return new KnnFloatVectorQuery(LiveDocuments.VECTOR, query, K, filter);
  }

  private static int share(int place) {
    return place % LiveDocuments.SHARES;
  }

  private static double recall(
      IndexSearcher searcher, float[][] queries, float[][] best, boolean filtered)
      throws IOException {
    int wanted = 0;
    int found = 0;
    for (int q = 0; q < queries.length; q++) {
      float bar = Float.POSITIVE_INFINITY;
      for (float score : best[q]) {
        if (score >= 0) {
          wanted++;
          bar = Math.min(bar, score);
        }
      }
      for (ScoreDoc hit : searcher.search(query(queries[q], q, filtered), K).scoreDocs) {
        found += ExactSearch.reaches(hit.score, bar) ? 1 : 0;
      }
    }
    return wanted == 0 ? 1 : (double) found / wanted;
  }

  /** As Lucene scores a dot product of unit lengths. */
  private static float score(float dot) {
    return Math.max((1 + dot) / 2, 0);
  }

  private static float[][] noScores(int queries) {
    float[][] scores = new float[queries][K];
    for (float[] each : scores) {
      Arrays.fill(each, -1);
    }
    return scores;
  }
}
