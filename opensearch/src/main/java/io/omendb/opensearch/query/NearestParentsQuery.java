/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.opensearch.query;

import java.io.IOException;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.QueryTimeout;
import org.apache.lucene.search.AcceptDocs;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.search.join.BitSetProducer;
import org.apache.lucene.search.join.DiversifyingChildrenFloatKnnVectorQuery;
import org.apache.lucene.search.knn.KnnCollectorManager;

/**
 * The nearest documents of a shard by the nearest vector among their nested documents, of those
 * that reach a score; counts what it does.
 */
final class NearestParentsQuery extends DiversifyingChildrenFloatKnnVectorQuery {
  private final VectorSearch search;

  NearestParentsQuery(VectorSearch search, Query filter, BitSetProducer parents) {
    super(search.field(), search.vector(), filter, search.k(), parents, search.strategy());
    this.search = search;
  }

  @Override
  public Query rewrite(IndexSearcher searcher) throws IOException {
    search.counters().query();
    return super.rewrite(searcher);
  }

  @Override
  protected TopDocs approximateSearch(
      LeafReaderContext context, AcceptDocs accepted, int limit, KnnCollectorManager manager)
      throws IOException {
    return search.counted(super.approximateSearch(context, accepted, limit, manager));
  }

  @Override
  protected TopDocs exactSearch(
      LeafReaderContext context, DocIdSetIterator accepted, QueryTimeout timeout)
      throws IOException {
    return search.countedExact(super.exactSearch(context, accepted, timeout));
  }

  @Override
  protected TopDocs mergeLeafResults(TopDocs[] leaves) {
    return search.reachingScore(super.mergeLeafResults(leaves));
  }

  @Override
  public boolean equals(Object other) {
    return super.equals(other)
        && ((NearestParentsQuery) other).search.minScore() == search.minScore();
  }

  @Override
  public int hashCode() {
    return super.hashCode();
  }
}
