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
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntPredicate;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
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
 * Under a tight filter rows that are in memory are scored, else codes; without a filter, rows that
 * are not make searches read fewer of them. All find what they must.
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

  private static List<SearchCost> search(Directory directory, double least) throws IOException {
    return search(directory, BASE, ASKED, row -> true, least);
  }

  /**
   * Asks all queries; returns what each search took.
   *
   * @param present rows that have a vector and are not deleted
   */
  private static List<SearchCost> search(
      Directory directory, Vectors base, Vectors asked, IntPredicate present, double least)
      throws IOException {
    List<SearchCost> costs = new ArrayList<>();
    OmenObserver ear = ear(costs);
    IntPredicate accepted = TestRowsInMemory::accepts;
    Truth truth = Truth.of(base, asked, K, present.and(accepted));
    double sum = 0;
    try (DirectoryReader reader = DirectoryReader.open(directory)) {
      IndexSearcher searcher = new IndexSearcher(reader);
      Observers.add(ear);
      try {
        for (int q = 0; q < asked.size(); q++) {
          sum +=
              truth.recall(
                  searcher,
                  q,
                  searcher.search(asked.query(FIELD, q, K, filter(base.size(), accepted)), K));
        }
      } finally {
        Observers.remove(ear);
      }
    }
    double recall = sum / asked.size();
    assertTrue("recall " + recall, recall >= least);
    return costs;
  }

  /** As {@link #search}, where most searches are to score rows. */
  private static void searchRows(
      Directory directory, Vectors base, Vectors asked, IntPredicate present) throws IOException {
    List<SearchCost> costs = search(directory, base, asked, present, 0.97);
    long byRows = costs.stream().filter(TestRowsInMemory::isByRows).count();
    assertTrue(byRows + " of " + asked.size(), byRows > asked.size() / 2);
  }

  private static boolean isByRows(SearchCost cost) {
    return cost.regime() == SearchCost.Regime.ROWS;
  }

  private static Directory mapped() throws IOException {
    assumeFalse("not told what is in memory", Constants.WINDOWS);
    return new MMapDirectory(createTempDir());
  }

  public void testMapped() throws IOException {
    try (Directory directory = mapped()) {
      write(directory);
      int count = (BASE.size() - 8) / 25 + 1;
      int byRows = 0;
      long rows = 0;
      for (SearchCost cost : search(directory, 0.97)) {
        // Codes, where the table may have to be made finer.
        if (isByRows(cost)) {
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

  public void testCompoundFile() throws IOException {
    try (Directory directory = mapped()) {
      IndexWriterConfig config = unmerged(OPTIONS).setUseCompoundFile(true);
      try (IndexWriter writer = new IndexWriter(directory, config)) {
        add(writer, BASE, 0, BASE.size());
      }
      assertTrue(Arrays.stream(directory.listAll()).anyMatch(file -> file.endsWith(".cfs")));
      searchRows(directory, BASE, ASKED, row -> true);
    }
  }

  public void testDeletedDocuments() throws IOException {
    try (Directory directory = mapped()) {
      write(directory);
      try (IndexWriter writer = new IndexWriter(directory, unmerged(OPTIONS))) {
        for (int row = 0; row < BASE.size(); row += 3) {
          writer.deleteDocuments(term(row));
        }
      }
      searchRows(directory, BASE, ASKED, row -> row % 3 != 0);
    }
  }

  public void testSparseField() throws IOException {
    try (Directory directory = mapped()) {
      try (IndexWriter writer = new IndexWriter(directory, config(OPTIONS))) {
        for (int row = 0; row < BASE.size(); row++) {
          writer.addDocument(row % 2 == 0 ? document(row) : document(row, BASE));
        }
        writer.forceMerge(1);
      }
      searchRows(directory, BASE, ASKED, row -> row % 2 != 0);
    }
  }

  public void testByteVectors() throws IOException {
    Vectors base =
        Vectors.of(GloveSample.bytes(GloveSample.base()), VectorSimilarityFunction.EUCLIDEAN);
    Vectors asked =
        Vectors.of(GloveSample.bytes(GloveSample.queries()), VectorSimilarityFunction.EUCLIDEAN)
            .range(0, 100);
    try (Directory directory = mapped()) {
      try (IndexWriter writer = new IndexWriter(directory, config(OPTIONS))) {
        add(writer, base, 0, base.size());
        writer.forceMerge(1);
      }
      searchRows(directory, base, asked, row -> true);
    }
  }

  /** Searches learn from others that rows are no longer in memory. */
  public void testRowsLeaveMemory() throws IOException {
    try (Directory heap = new ByteBuffersDirectory()) {
      write(heap);
      for (SearchCost cost : search(new ColdDirectory(heap), 0.95)) {
        assertEquals(SearchCost.Regime.FEW, cost.regime());
      }
      AtomicBoolean loaded = new AtomicBoolean(true);
      List<SearchCost> costs = new ArrayList<>();
      OmenObserver ear = ear(costs);
      Observers.add(ear);
      try (DirectoryReader reader = DirectoryReader.open(new ColdDirectory(heap, loaded::get))) {
        for (int q = 0; q < ASKED.size(); q++) {
          loaded.set(q < 40);
          new IndexSearcher(reader)
              .search(ASKED.query(FIELD, q, K, filter(BASE.size(), TestRowsInMemory::accepts)), K);
        }
      } finally {
        Observers.remove(ear);
      }
      // The 32nd search looks, and the 64th; in between nobody asks.
      assertTrue(costs.subList(0, 31).stream().anyMatch(TestRowsInMemory::isByRows));
      assertTrue(costs.subList(40, 63).stream().anyMatch(TestRowsInMemory::isByRows));
      for (SearchCost cost : costs.subList(64, costs.size())) {
        assertEquals(SearchCost.Regime.FEW, cost.regime());
      }
    }
  }

  /**
   * Slots lead to other vectors, or vectors to other slots, with the right checksum: where codes
   * are scored, that is noticed before a vector comes back that the filter does not accept.
   */
  public void testMapsThatDisagree() throws IOException {
    Map<String, byte[]> files;
    try (Directory directory = new ByteBuffersDirectory()) {
      IndexWriterConfig config = unmerged(OPTIONS).setUseCompoundFile(false);
      try (IndexWriter writer = new IndexWriter(directory, config)) {
        add(writer, BASE, 0, BASE.size());
      }
      files = IndexFiles.of(directory);
    }
    String index = files.keySet().stream().filter(file -> file.endsWith(".vex")).findFirst().get();
    // The file begins with a short header, the map of slots to ordinals and the map of ordinals to
    // slots, two bytes each.
    assertTrue(BASE.size() > 12_000 && BASE.size() <= 1 << 16);
    for (int map = 0; map < 2; map++) {
      byte[] content = files.get(index).clone();
      int start = 1_000 + map * 2 * BASE.size();
      // Not by a multiple of the accepted rows' distance.
      System.arraycopy(content, start, content, start + 10_002, 10_000);
      IndexFiles.sealed(content);
      try (Directory heap = new ByteBuffersDirectory();
          Directory mapped = mapped()) {
        for (Directory directory : List.of(heap, mapped)) {
          for (String file : files.keySet()) {
            IndexFiles.write(directory, file, file.equals(index) ? content : files.get(file));
          }
        }
        assertEquals(0, searchDamaged(heap));
        int byRows = searchDamaged(mapped);
        assertTrue(byRows + " of " + ASKED.size(), byRows > ASKED.size() / 2);
      }
    }
  }

  /**
   * Asks all queries of damaged files: an answer holds accepted vectors only, or the file is
   * refused, as most searches must where none scores rows. Returns how many searches did.
   */
  private static int searchDamaged(Directory directory) throws IOException {
    int byRows = 0;
    int refused = 0;
    for (int q = 0; q < ASKED.size(); q++) {
      try {
        List<SearchCost> costs = search(directory, BASE, ASKED.range(q, q + 1), row -> true, 0);
        byRows += isByRows(costs.get(0)) ? 1 : 0;
      } catch (CorruptIndexException e) {
        assertTrue(e.getMessage(), e.getMessage().contains(".vex"));
        refused++;
      }
    }
    assertTrue(byRows + " by rows", byRows > 0 || refused > ASKED.size() / 2);
    return byRows;
  }

  /** Rows that are known to be in memory are read once more before, which changes no answer. */
  public void testFindsTheSameWhereRowsAreLoaded() throws IOException {
    try (Directory heap = new ByteBuffersDirectory()) {
      write(heap);
      try (DirectoryReader untold = DirectoryReader.open(heap);
          DirectoryReader told = DirectoryReader.open(new ColdDirectory(heap, () -> true))) {
        for (int q = 0; q < ASKED.size(); q++) {
          String expected = hits(untold, q);
          assertTrue(expected, expected.contains("doc="));
          assertEquals(expected, hits(told, q));
        }
      }
    }
  }

  private static String hits(DirectoryReader reader, int q) throws IOException {
    IndexSearcher searcher = new IndexSearcher(reader);
    return Arrays.toString(searcher.search(ASKED.query(FIELD, q, K, null), K).scoreDocs);
  }

  public void testOnTheHeap() throws IOException {
    try (Directory directory = new ByteBuffersDirectory()) {
      write(directory);
      for (SearchCost cost : search(directory, 0.95)) {
        assertEquals(SearchCost.Regime.FEW, cost.regime());
      }
    }
  }

  /** Where rows are on a disk, searches soon read fewer of them and find hardly less. */
  public void testCold() throws IOException {
    try (Directory directory = new ByteBuffersDirectory()) {
      try (IndexWriter writer = new IndexWriter(directory, config(OmenVectorsOptions.DEFAULT))) {
        add(writer, BASE, 0, BASE.size());
        writer.forceMerge(1);
      }
      assertTrue("more blocks", checkCold(directory, row -> true) > 0);
      // So few are accepted that all blocks are scanned anyway.
      checkCold(directory, row -> row % 10 < 3);
    }
  }

  /** Returns how many more blocks are scanned. */
  private static long checkCold(Directory directory, IntPredicate accepted) throws IOException {
    List<SearchCost> warm = searchAll(directory, accepted);
    List<SearchCost> cold = searchAll(new ColdDirectory(directory), accepted);
    // No search looks before the one with this number.
    int first = 32;
    assertEquals(rows(warm.subList(0, first)), rows(cold.subList(0, first)));
    for (int q = first; q < ASKED.size(); q++) {
      String costs = cold.get(q) + ", usually " + warm.get(q);
      assertTrue(costs, cold.get(q).rows() <= warm.get(q).rows());
      assertTrue(costs, cold.get(q).blocks() >= warm.get(q).blocks());
    }
    assertTrue(rows(cold) + " of " + rows(warm) + " rows", rows(cold) < rows(warm));
    return blocks(cold) - blocks(warm);
  }

  private static long blocks(List<SearchCost> costs) {
    return costs.stream().mapToLong(SearchCost::blocks).sum();
  }

  private static long rows(List<SearchCost> costs) {
    return costs.stream().mapToLong(SearchCost::rows).sum();
  }

  private static List<SearchCost> searchAll(Directory directory, IntPredicate accepted)
      throws IOException {
    Truth truth = Truth.of(BASE, ASKED, K, accepted);
    List<SearchCost> costs = new ArrayList<>();
    OmenObserver ear = ear(costs);
    Observers.add(ear);
    try (DirectoryReader reader = DirectoryReader.open(directory)) {
      assertRecall(
          "rows", K, truth.recall(new IndexSearcher(reader), filter(BASE.size(), accepted)));
    } finally {
      Observers.remove(ear);
    }
    assertEquals(ASKED.size(), costs.size());
    return costs;
  }

  public void testVisitLimit() throws IOException {
    try (Directory directory = mapped()) {
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
