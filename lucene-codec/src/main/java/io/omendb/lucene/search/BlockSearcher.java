/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene.search;

import io.omendb.lucene.observe.SearchCost;
import io.omendb.lucene.simd.Kernels;
import io.omendb.lucene.store.BlockStore;
import java.io.IOException;
import org.apache.lucene.index.KnnVectorValues;
import org.apache.lucene.search.AcceptDocs;
import org.apache.lucene.search.KnnCollector;
import org.apache.lucene.util.hnsw.RandomVectorScorer;

/** Searches the blocks of a field; shared by threads. */
public final class BlockSearcher {
  private final Kernels kernels = Kernels.best();
  private final BlockStore store;
  private final Workspaces workspaces;
  private final RowResidency residency = new RowResidency();

  /** A searcher of open blocks. */
  public BlockSearcher(BlockStore store) {
    this.store = store;
    this.workspaces = Workspaces.of(kernels, store.codebook());
  }

  /**
   * Collects the vectors nearest to a query, with exact scores.
   *
   * @param query components of the query vector
   * @param depth factor on the default depth
   * @param values raw vectors
   * @param scorer exact scores of the raw vectors
   * @return what it took
   */
  public SearchCost search(
      float[] query,
      float depth,
      KnnVectorValues values,
      RandomVectorScorer scorer,
      KnnCollector collector,
      AcceptDocs acceptDocs)
      throws IOException {
    Workspace workspace = workspaces.take(query);
    try {
      return new BlockSearch(kernels, store, workspace, residency, query, values, scorer, collector)
          .run(acceptDocs, depth);
    } finally {
      workspaces.giveBack(workspace);
    }
  }
}
