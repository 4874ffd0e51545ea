/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.examples;

import static java.util.Locale.ROOT;

import java.io.IOException;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.apache.lucene.index.StoredFields;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TopDocs;

/** Recall and time of an index on queries whose exact answers are known. */
final class Evaluation {
  private static final int WARM_UP_ROUNDS = 4;

  /**
   * What was measured.
   *
   * @param recall share of the true k nearest among the k found, mean over the queries
   * @param medianMicros time per query in one thread
   */
  record Result(double recall, double medianMicros) {}

  private final ExactScan exact;
  private final float[][] queries;
  private final int k;
  private final MetadataFilter filter;
  private final float[][] truth;
  private final long matching;

  Evaluation(Corpus corpus, ExactScan exact, float[][] queries, int k, MetadataFilter filter) {
    boolean[] accepted = new boolean[corpus.glosses().size()];
    for (int row = 0; row < accepted.length; row++) {
      accepted[row] = filter.matches(corpus.glosses().get(row));
    }
    this.exact = exact;
    this.queries = queries;
    this.k = k;
    this.filter = filter;
    this.matching = IntStream.range(0, accepted.length).filter(row -> accepted[row]).count();
    this.truth =
        Arrays.stream(queries)
            .map(query -> exact.bestScores(query, k, row -> accepted[row]))
            .toArray(float[][]::new);
  }

  /** The filter, and how many glosses match it. */
  String conditions() {
    return String.format(ROOT, "%s (%,d glosses)", filter, matching);
  }

  Result run(GlossIndex index) throws IOException {
    for (int round = 0; round < WARM_UP_ROUNDS; round++) {
      for (float[] query : queries) {
        index.search(query, k, filter);
      }
    }
    double recall = 0;
    double[] micros = new double[queries.length];
    for (int i = 0; i < queries.length; i++) {
      long start = System.nanoTime();
      TopDocs hits = index.search(queries[i], k, filter);
      micros[i] = (System.nanoTime() - start) / 1e3;
      recall += recall(index.storedFields(), hits, i);
    }
    Arrays.sort(micros);
    return new Result(recall / queries.length, micros[micros.length / 2]);
  }

  /** Hits are scored exactly here, so that neither ties nor the index's own scores matter. */
  private double recall(StoredFields documents, TopDocs hits, int i) throws IOException {
    if (truth[i].length == 0) {
      return 1;
    }
    int found = 0;
    for (ScoreDoc hit : hits.scoreDocs) {
      int row = documents.document(hit.doc).getField("row").numericValue().intValue();
      if (exact.score(queries[i], row) >= truth[i][0]) {
        found++;
      }
    }
    return Math.min(1, (double) found / truth[i].length);
  }
}
