/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.opensearch.query;

import java.io.IOException;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.AcceptDocs;
import org.apache.lucene.search.FloatVectorSimilarityQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.search.Weight;
import org.apache.lucene.search.knn.KnnCollectorManager;

/** All documents that reach a score; counts what it does. */
final class ReachingScoreQuery extends FloatVectorSimilarityQuery {
  /** How readily a search ends among documents that score less: Lucene's default. */
  private static final float DECAY = 0.5f;

  private final VectorSearch search;

  ReachingScoreQuery(VectorSearch search, Query filter) {
    super(search.field(), search.vector(), search.minScore(), DECAY, filter, search.strategy());
    this.search = search;
  }

  @Override
  public Weight createWeight(IndexSearcher searcher, ScoreMode scoreMode, float boost)
      throws IOException {
    search.counters().query();
    return super.createWeight(searcher, scoreMode, boost);
  }

  @Override
  protected TopDocs approximateSearch(
      LeafReaderContext context, AcceptDocs accepted, int limit, KnnCollectorManager manager)
      throws IOException {
    return search.counted(super.approximateSearch(context, accepted, limit, manager));
  }
}
