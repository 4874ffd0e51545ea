/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.function.IntPredicate;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TopDocs;

/** What exact searches find, and how much of it others found. Equal scores are equally true. */
final class Truth {
  /** What scores, as whoever computed them rounds, may differ by: in parts of the score. */
  private static final float ROUNDING = 2e-6f;

  private final Vectors base;
  private final Vectors queries;
  private final int k;
  private final IntPredicate accepted;
  private final float[] leastScores;
  private final int found;

  private Truth(Vectors base, Vectors queries, int k, IntPredicate accepted) {
    this.base = base;
    this.queries = queries;
    this.k = k;
    this.accepted = accepted;
    this.leastScores = new float[queries.size()];
    int rows = 0;
    for (int q = 0; q < queries.size(); q++) {
      float[] scores = new float[base.size()];
      rows = 0;
      for (int row = 0; row < base.size(); row++) {
        if (accepted.test(row)) {
          scores[rows++] = base.score(queries, q, row);
        }
      }
      Arrays.sort(scores, 0, rows);
      leastScores[q] = rows == 0 ? 0 : scores[Math.max(0, rows - k)];
    }
    this.found = Math.min(k, rows);
  }

  static Truth of(Vectors base, Vectors queries, int k) {
    return new Truth(base, queries, k, row -> true);
  }

  /** Truth among the rows that are {@code accepted}. */
  static Truth of(Vectors base, Vectors queries, int k, IntPredicate accepted) {
    return new Truth(base, queries, k, accepted);
  }

  /** Recall of an index of rows with their number in {@link OmenTestCase#ROW}. */
  double recall(IndexSearcher searcher) throws IOException {
    return recall(searcher, null);
  }

  /** Recall under a filter that accepts what this truth is about. */
  double recall(IndexSearcher searcher, Query filter) throws IOException {
    // Counted, as a sum of shares falls short of what it is by rounding.
    long right = 0;
    for (int q = 0; q < queries.size(); q++) {
      Query query = queries.query(OmenTestCase.FIELD, q, k, filter);
      right += right(searcher, q, searcher.search(query, k));
    }
    return found == 0 ? 1 : (double) right / ((long) found * queries.size());
  }

  /** Recall of one result; all that is not a matter of recall has to be right. */
  double recall(IndexSearcher searcher, int query, TopDocs hits) throws IOException {
    int right = right(searcher, query, hits);
    return found == 0 ? 1 : (double) right / found;
  }

  private int right(IndexSearcher searcher, int query, TopDocs hits) throws IOException {
    assertEquals("hits", found, hits.scoreDocs.length);
    int[] rows = OmenTestCase.rows(searcher.getIndexReader().leaves(), hits.scoreDocs);
    Set<Integer> distinct = new HashSet<>();
    float previous = Float.POSITIVE_INFINITY;
    int right = 0;
    for (int i = 0; i < rows.length; i++) {
      float score = hits.scoreDocs[i].score;
      float exact = base.score(queries, query, rows[i]);
      assertEquals("score", exact, score, OmenTestCase.tolerance(exact));
      assertTrue("descending", score <= previous);
      assertTrue("twice: " + rows[i], distinct.add(rows[i]));
      assertTrue("not accepted: " + rows[i], accepted.test(rows[i]));
      previous = score;
      right += exact >= leastScores[query] - ROUNDING * Math.abs(leastScores[query]) ? 1 : 0;
    }
    return right;
  }
}
