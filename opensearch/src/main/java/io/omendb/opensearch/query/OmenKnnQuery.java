/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.opensearch.query;

import java.io.IOException;
import java.util.Objects;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.FilterWeight;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.QueryVisitor;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.Weight;

/**
 * The nearest documents of a shard, searched for when hits are collected. Lucene's queries search
 * when they are rewritten, and OpenSearch rewrites a query once more for the fetch phase, where
 * only the documents that were found before are read: it would search twice.
 */
final class OmenKnnQuery extends Query {
  private final Query nearest;

  /**
   * Defers a search.
   *
   * @param nearest finds the documents when it is rewritten
   */
  OmenKnnQuery(Query nearest) {
    this.nearest = nearest;
  }

  @Override
  public Weight createWeight(IndexSearcher searcher, ScoreMode scoreMode, float boost)
      throws IOException {
    Query found = searcher.rewrite(nearest);
    return new FilterWeight(this, found.createWeight(searcher, scoreMode, boost)) {
      // What is found in a segment depends on the other segments.
      @Override
      public boolean isCacheable(LeafReaderContext context) {
        return false;
      }
    };
  }

  @Override
  public void visit(QueryVisitor visitor) {
    nearest.visit(visitor);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof OmenKnnQuery query && query.nearest.equals(nearest);
  }

  @Override
  public int hashCode() {
    return Objects.hash(OmenKnnQuery.class, nearest);
  }

  @Override
  public String toString(String field) {
    return nearest.toString(field);
  }
}
