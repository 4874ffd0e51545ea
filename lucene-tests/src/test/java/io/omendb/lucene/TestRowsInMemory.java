/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene;

import io.omendb.lucene.observe.Observers;
import io.omendb.lucene.observe.OmenObserver;
import io.omendb.lucene.observe.SearchCost;
import io.omendb.lucene.observe.SearchReport;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.search.AcceptDocs;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.TopKnnCollector;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.MMapDirectory;
import org.apache.lucene.util.Constants;
import org.apache.lucene.util.FixedBitSet;

/**
 * Under a tight filter rows that are in memory are scored, else codes; both find what they must.
 */
public class TestRowsInMemory extends OmenTestCase {
  private static final int K = 10;

  /** Shallow, lest all rows of so few are scored. */
  private static final OmenVectorsOptions OPTIONS =
      OmenVectorsOptions.DEFAULT.withSearchDepth(0.25f);

  private static final Vectors BASE =
      Vectors.of(GloveSample.base(), VectorSimilarityFunction.COSINE);
  private static final Vectors ASKED =
      Vectors.of(GloveSample.queries(), VectorSimilarityFunction.COSINE).range(0, 100);

  private static boolean accepts(int row) {
    return row % 25 == 7;
  }

  private static void write(Directory directory) throws IOException {
    try (IndexWriter writer = new IndexWriter(directory, config(OPTIONS))) {
      add(writer, BASE, 0, BASE.size());
      writer.forceMerge(1);
    }
  }

  private static OmenObserver ear(List<SearchCost> costs) {
    return new OmenObserver() {
      @Override
      public void searched(SearchReport report) {
        costs.add(report.cost());
      }
    };
  }

  /** Asks all queries; returns what each search took. */
  private static List<SearchCost> search(Directory directory, double least) throws IOException {
    List<SearchCost> costs = new ArrayList<>();
    OmenObserver ear = ear(costs);
    IntPredicate accepted = TestRowsInMemory::accepts;
    Truth truth = Truth.of(BASE, ASKED, K, accepted);
    double sum = 0;
    try (DirectoryReader reader = DirectoryReader.open(directory)) {
      IndexSearcher searcher = new IndexSearcher(reader);
      Observers.add(ear);
      try {
        for (int q = 0; q < ASKED.size(); q++) {
          sum +=
              truth.recall(
                  searcher,
                  q,
                  searcher.search(ASKED.query(FIELD, q, K, filter(BASE.size(), accepted)), K));
        }
      } finally {
        Observers.remove(ear);
      }
    }
    double recall = sum / ASKED.size();
    assertTrue("recall " + recall, recall >= least);
    return costs;
  }

  public void testMapped() throws IOException {
    assumeFalse("not told what is in memory", Constants.WINDOWS);
    try (Directory directory = new MMapDirectory(createTempDir())) {
      write(directory);
      int count = (BASE.size() - 8) / 25 + 1;
      int byRows = 0;
      long rows = 0;
      for (SearchCost cost : search(directory, 0.97)) {
        // Codes, where the table may have to be made finer.
        if (cost.regime() == SearchCost.Regime.ROWS) {
          byRows++;
          rows += cost.rows();
          assertEquals(0, cost.codes());
          assertTrue(cost + " of " + count, cost.rows() > K && cost.rows() <= count);
        } else {
          assertEquals(SearchCost.Regime.FEW, cost.regime());
        }
      }
      assertTrue(byRows + " of " + ASKED.size(), byRows > ASKED.size() / 2);
      assertTrue(rows + " rows", rows < .8 * byRows * count);
    }
  }

  public void testOnTheHeap() throws IOException {
    try (Directory directory = new ByteBuffersDirectory()) {
      write(directory);
      for (SearchCost cost : search(directory, 0.95)) {
        assertEquals(SearchCost.Regime.FEW, cost.regime());
      }
    }
  }

  public void testVisitLimit() throws IOException {
    assumeFalse("not told what is in memory", Constants.WINDOWS);
    try (Directory directory = new MMapDirectory(createTempDir())) {
      write(directory);
      try (DirectoryReader reader = DirectoryReader.open(directory)) {
        FixedBitSet accepted = new FixedBitSet(BASE.size());
        for (int row = 0; row < BASE.size(); row++) {
          if (accepts(row)) {
            accepted.set(row);
          }
        }
        List<SearchCost> costs = new ArrayList<>();
        OmenObserver ear = ear(costs);
        TopKnnCollector collector = new TopKnnCollector(K, 50);
        Observers.add(ear);
        try {
          onlyLeaf(reader)
              .searchNearestVectors(
                  FIELD,
                  ASKED.floats()[0],
                  collector,
                  AcceptDocs.fromLiveDocs(accepted, BASE.size()));
        } finally {
          Observers.remove(ear);
        }
        assertEquals(SearchCost.Regime.ROWS, costs.get(0).regime());
        assertTrue(collector.earlyTerminated());
        assertEquals(K, collector.topDocs().scoreDocs.length);
        // Rows are scored in batches, the last of which is finished.
        assertTrue(collector.visitedCount() + " visits", collector.visitedCount() < 50 + 96);
      }
    }
  }
}
