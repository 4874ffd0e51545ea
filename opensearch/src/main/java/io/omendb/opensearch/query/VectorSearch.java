/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.opensearch.query;

import java.util.Arrays;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.search.knn.KnnSearchStrategy;

/**
 * What is searched for in a field, and where it is counted.
 *
 * @param k most documents that a shard answers with
 * @param minScore least score of an answer; negative infinity for any
 * @param strategy how deep the search goes
 */
record VectorSearch(
    String field,
    float[] vector,
    int k,
    float minScore,
    KnnSearchStrategy strategy,
    SearchCounters counters) {

  /** Counts a search of a segment by its index. */
  TopDocs counted(TopDocs found) {
    counters.visited(found.totalHits.value());
    return found;
  }

  /** Counts a search of a segment that compared all accepted vectors. */
  TopDocs countedExact(TopDocs found) {
    counters.exactFallback(found.totalHits.value());
    return found;
  }

  /** Those of the hits, best first, that reach the least score. */
  TopDocs reachingScore(TopDocs hits) {
    int count = 0;
    while (count < hits.scoreDocs.length && hits.scoreDocs[count].score >= minScore) {
      count++;
    }
    ScoreDoc[] reaching = Arrays.copyOf(hits.scoreDocs, count);
    return new TopDocs(hits.totalHits, reaching);
  }
}
