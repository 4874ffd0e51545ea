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
import org.apache.lucene.index.FloatVectorValues;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.KnnVectorValues;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.KnnFloatVectorQuery;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.util.Bits;

/** Compares searches of a snapshot with a scan of all that is live in it. */
final class SnapshotCheck {
  private static final int K = 10;

  private final Vectors base;
  private final float[][] queries;
  private long wanted;
  private long right;
  private double leastRecall = 1;

  SnapshotCheck(Vectors base, float[][] queries) {
    this.base = base;
    this.queries = queries;
  }

  /** Recall over all snapshots so far. */
  double recall() {
    return wanted == 0 ? 1 : (double) right / wanted;
  }

  /** Least recall of a snapshot so far. */
  double leastRecall() {
    return leastRecall;
  }

  /** Searches a snapshot for some queries and scans it; vectors must be what was indexed. */
  void check(IndexReader reader, int firstQuery, int count) throws IOException {
    float[][] targets = new float[count][];
    for (int q = 0; q < count; q++) {
      targets[q] = queries[(firstQuery + q) % queries.length];
    }
    float[][] truth = scan(reader, targets);
    long snapshotWanted = 0;
    long snapshotRight = 0;
    IndexSearcher searcher = OmenTestCase.searcher(reader);
    for (int q = 0; q < count; q++) {
      ScoreDoc[] hits =
          searcher.search(new KnnFloatVectorQuery(OmenTestCase.FIELD, targets[q], K), K).scoreDocs;
      assertEquals("hits", truth[q].length, hits.length);
      int[] rows = OmenTestCase.rows(reader.leaves(), hits);
      Set<Integer> docs = new HashSet<>();
      for (int i = 0; i < hits.length; i++) {
        float exact = base.similarity().compare(targets[q], base.floats()[rows[i]]);
        assertEquals("score", exact, hits[i].score, OmenTestCase.tolerance(exact));
        assertTrue("twice", docs.add(hits[i].doc));
        snapshotRight += exact >= truth[q][0] - OmenTestCase.tolerance(exact) ? 1 : 0;
      }
      snapshotWanted += hits.length;
    }
    wanted += snapshotWanted;
    right += snapshotRight;
    if (snapshotWanted > 0) {
      leastRecall = Math.min(leastRecall, (double) snapshotRight / snapshotWanted);
    }
  }

  /** The best scores for each target, ascending. */
  private float[][] scan(IndexReader reader, float[][] targets) throws IOException {
    float[][] scores = new float[targets.length][reader.numDocs()];
    int live = 0;
    for (LeafReaderContext context : reader.leaves()) {
      LeafReader leaf = context.reader();
      Bits liveDocs = leaf.getLiveDocs();
      FloatVectorValues values = leaf.getFloatVectorValues(OmenTestCase.FIELD);
      KnnVectorValues.DocIndexIterator docs = values.iterator();
      for (int doc = docs.nextDoc(); doc != DocIdSetIterator.NO_MORE_DOCS; doc = docs.nextDoc()) {
        if (liveDocs != null && !liveDocs.get(doc)) {
          continue;
        }
        int row = OmenTestCase.row(leaf, doc);
        OmenTestCase.assertSame("row " + row, base, row, values, docs.index());
        for (int t = 0; t < targets.length; t++) {
          scores[t][live] = base.similarity().compare(targets[t], base.floats()[row]);
        }
        live++;
      }
    }
    assertEquals("live documents", reader.numDocs(), live);
    float[][] best = new float[targets.length][];
    for (int t = 0; t < targets.length; t++) {
      Arrays.sort(scores[t]);
      best[t] = Arrays.copyOfRange(scores[t], Math.max(0, live - K), live);
    }
    return best;
  }
}
