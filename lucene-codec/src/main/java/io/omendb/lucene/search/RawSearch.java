/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene.search;

import io.omendb.lucene.observe.SearchCost;
import java.io.IOException;
import org.apache.lucene.index.KnnVectorValues;
import org.apache.lucene.search.AcceptDocs;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.KnnCollector;
import org.apache.lucene.util.ArrayUtil;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.hnsw.RandomVectorScorer;

/** Scores raw vectors one and all: small segments, and filters that leave few. */
public final class RawSearch {
  private RawSearch() {}

  /** Visits every accepted vector of a segment. */
  public static SearchCost all(
      RandomVectorScorer scorer, KnnCollector collector, AcceptDocs acceptDocs) throws IOException {
    long start = System.nanoTime();
    Bits accepted = scorer.getAcceptOrds(acceptDocs.bits());
    Reranker reranker = new Reranker(scorer, collector);
    int[] ords = new int[Reranker.BATCH];
    int length = 0;
    for (int ord = 0; ord < scorer.maxOrd(); ord++) {
      if (accepted != null && !accepted.get(ord)) {
        continue;
      }
      ords[length++] = ord;
      if (length == ords.length) {
        boolean more = reranker.visit(ords, length);
        length = 0;
        if (!more) {
          break;
        }
      }
    }
    reranker.visit(ords, length);
    return new SearchCost(
        SearchCost.Regime.RAW, 0, 0, reranker.scored(), 0, 0, System.nanoTime() - start);
  }

  /**
   * Ordinals of the accepted documents that have a vector, ascending.
   *
   * @param dense whether every document has a vector, so that ordinals are documents
   */
  static int[] acceptedOrds(KnnVectorValues values, AcceptDocs acceptDocs, boolean dense)
      throws IOException {
    int[] ords = new int[Math.min(acceptDocs.cost(), values.size())];
    int length = 0;
    KnnVectorValues.DocIndexIterator vectors = dense ? null : values.iterator();
    DocIdSetIterator docs = acceptDocs.iterator();
    for (int doc = docs.nextDoc(); doc != DocIdSetIterator.NO_MORE_DOCS; doc = docs.nextDoc()) {
      int ord = dense ? doc : ordOf(doc, vectors);
      if (ord >= 0) {
        if (length == ords.length) {
          ords = ArrayUtil.grow(ords);
        }
        ords[length++] = ord;
      }
    }
    return ArrayUtil.copyOfSubArray(ords, 0, length);
  }

  /** Ordinal of a document's vector, -1 if it has none; for documents in ascending order. */
  private static int ordOf(int doc, KnnVectorValues.DocIndexIterator vectors) throws IOException {
    if (vectors.docID() < doc) {
      vectors.advance(doc);
    }
    return vectors.docID() == doc ? vectors.index() : -1;
  }
}
