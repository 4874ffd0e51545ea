/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.benchmarks;

import io.omendb.lucene.quantize.Parallel;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.KnnFloatVectorQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;

/** Runs plain {@link KnnFloatVectorQuery} queries on an index and judges what comes back. */
final class Retrieval {
  private static final int CHUNK = 16;

  private final IndexSearcher searcher;
  private final int[] rowOfDoc;
  private final ExactSearch exact;
  private final float[][] queries;
  private final float[][] unitQueries;
  private final int k;
  private final Parallel parallel;

  /**
   * What came back for a query.
   *
   * @param recall share of the true answers among the hits; each row counts once
   * @param hits documents returned
   * @param scoreError largest difference between the score of a hit and the exact one
   */
  record Outcome(double recall, int hits, double scoreError) {}

  Retrieval(DirectoryReader reader, ExactSearch exact, float[][] queries, int k, Parallel parallel)
      throws IOException {
    this.searcher = new IndexSearcher(reader);
    this.rowOfDoc = rowOfDoc(reader);
    this.exact = exact;
    this.queries = queries;
    this.unitQueries = VectorSet.unitLength(queries);
    this.k = k;
    this.parallel = parallel;
  }

  private static int[] rowOfDoc(DirectoryReader reader) throws IOException {
    int[] rows = new int[reader.maxDoc()];
    for (LeafReaderContext leaf : reader.leaves()) {
      NumericDocValues ids = leaf.reader().getNumericDocValues(VectorIndex.ID);
      for (int doc = ids.nextDoc(); doc != DocIdSetIterator.NO_MORE_DOCS; doc = ids.nextDoc()) {
        rows[leaf.docBase + doc] = (int) ids.longValue();
      }
    }
    return rows;
  }

  /**
   * Runs some of the queries.
   *
   * @param filter null for none
   * @param numbers which queries
   * @param bars least score of a true answer, by query
   * @param size number of true answers
   */
  Outcome[] run(Query filter, int[] numbers, float[] bars, int size) throws IOException {
    Outcome[] outcomes = new Outcome[numbers.length];
    parallel.forRange(
        numbers.length,
        CHUNK,
        (from, to) -> {
          for (int i = from; i < to; i++) {
            outcomes[i] = run(filter, numbers[i], bars[numbers[i]], size);
          }
        });
    return outcomes;
  }

  /** Runs all queries without a filter. */
  Outcome[] run(float[] bars) throws IOException {
    int[] all = new int[queries.length];
    Arrays.setAll(all, q -> q);
    return run(null, all, bars, k);
  }

  private Outcome run(Query filter, int q, float bar, int size) throws IOException {
    KnnFloatVectorQuery query =
        filter == null
            ? new KnnFloatVectorQuery(VectorIndex.VECTOR, queries[q], k)
            : new KnnFloatVectorQuery(VectorIndex.VECTOR, queries[q], k, filter);
    Set<Integer> found = new HashSet<>();
    double scoreError = 0;
    ScoreDoc[] hits = searcher.search(query, k).scoreDocs;
    for (ScoreDoc hit : hits) {
      int row = rowOfDoc[hit.doc];
      float cosine = exact.score(unitQueries[q], row);
      scoreError = Math.max(scoreError, Math.abs(hit.score - (1 + cosine) / 2));
      if (ExactSearch.reaches(cosine, bar)) {
        found.add(row);
      }
    }
    return new Outcome((double) Math.min(size, found.size()) / size, hits.length, scoreError);
  }

  /** Mean recall. */
  static double recall(Outcome[] outcomes) {
    return Arrays.stream(outcomes).mapToDouble(Outcome::recall).average().orElseThrow();
  }

  /** Queries that got another number of hits than they should. */
  static int wrongCount(Outcome[] outcomes, int size) {
    return (int) Arrays.stream(outcomes).filter(outcome -> outcome.hits != size).count();
  }

  /** Largest error of a score. */
  static double scoreError(Outcome[] outcomes) {
    return Arrays.stream(outcomes).mapToDouble(Outcome::scoreError).max().orElseThrow();
  }
}
