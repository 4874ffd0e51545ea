/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.solr;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.omendb.lucene.GloveSample;
import io.omendb.solr.SolrClient.Hit;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;
import org.apache.lucene.index.VectorSimilarityFunction;

/** 20,000 real vectors as documents, and what an exact search finds among them. */
final class WordVectors {
  static final int DIMENSIONS = GloveSample.DIMENSION;

  /** Documents are in groups from 0, row by row in turn. */
  static final int GROUPS = 100;

  private static final float[][] BASE = GloveSample.base();
  private static final float[][] QUERIES = GloveSample.queries();
  private static final int BATCH = 1000;

  private WordVectors() {}

  /** Number of queries. */
  static int queries() {
    return QUERIES.length;
  }

  /** A query as Solr reads it. */
  static String query(int query) {
    return SolrClient.text(QUERIES[query]);
  }

  /** Adds rows and commits. */
  static void add(SolrClient core, int from, int to) throws IOException {
    for (int start = from; start < to; start += BATCH) {
      List<String> documents = new ArrayList<>();
      for (int row = start; row < Math.min(to, start + BATCH); row++) {
        documents.add(document(row));
      }
      core.update("/update", SolrClient.array(documents));
    }
    core.update("/update", "{\"commit\": {}}");
  }

  /** A row as a document: {@code text} holds the word {@code all} and one of its group. */
  static String document(int row) {
    return """
    {"id": "ROW", "row": ROW, "group": GROUP, "text": "all gGROUP", "v": VECTOR}\
    """
        .replace("ROW", Integer.toString(row))
        .replace("GROUP", Integer.toString(group(row)))
        .replace("VECTOR", vector(row));
  }

  static int group(int row) {
    return row % GROUPS;
  }

  /** A row's vector as Solr reads it. */
  static String vector(int row) {
    return SolrClient.text(BASE[row]);
  }

  /** Lucene's score of a row. */
  static float score(int query, int row) {
    return VectorSimilarityFunction.COSINE.compare(QUERIES[query], BASE[row]);
  }

  /** The k-th best score among accepted rows below {@code rows}. */
  static float leastScore(int query, int k, int rows, IntPredicate accepted) {
    float[] scores = new float[rows];
    int count = 0;
    for (int row = 0; row < rows; row++) {
      if (accepted.test(row)) {
        scores[count++] = score(query, row);
      }
    }
    Arrays.sort(scores, 0, count);
    return scores[Math.max(0, count - k)];
  }

  /** Same rows in the same order; sums of other lengths make scores differ in their last digit. */
  static void assertSame(List<Hit> expected, List<Hit> actual) {
    assertEquals(SolrClient.rows(expected), SolrClient.rows(actual));
    for (int i = 0; i < expected.size(); i++) {
      assertEquals(expected.get(i).score(), actual.get(i).score(), 1e-5f);
    }
  }

  /**
   * Share of the true k best among the hits; all that is not a matter of recall has to be right.
   *
   * @param rows how many rows are indexed
   */
  static double recall(List<Hit> hits, int query, int k, int rows, IntPredicate accepted) {
    assertEquals(k, hits.size());
    float least = leastScore(query, k, rows, accepted);
    Set<Integer> distinct = new HashSet<>();
    float previous = Float.POSITIVE_INFINITY;
    int right = 0;
    for (Hit hit : hits) {
      assertEquals(score(query, hit.row()), hit.score(), 1e-5f, "score of row " + hit.row());
      assertTrue(hit.score() <= previous, "descending");
      assertTrue(distinct.add(hit.row()), "twice: " + hit.row());
      assertTrue(accepted.test(hit.row()), "not accepted: " + hit.row());
      previous = hit.score();
      right += hit.score() >= least - 1e-5f ? 1 : 0;
    }
    return (double) right / k;
  }
}
