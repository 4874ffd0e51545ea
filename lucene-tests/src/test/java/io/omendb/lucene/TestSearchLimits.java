/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene;

import java.io.IOException;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.QueryTimeout;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.search.AcceptDocs;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.search.TopKnnCollector;
import org.apache.lucene.search.TotalHits;
import org.apache.lucene.store.Directory;
import org.apache.lucene.util.BitSetIterator;
import org.apache.lucene.util.FixedBitSet;
import org.junit.AfterClass;
import org.junit.BeforeClass;

/** Searches end when their time or their visits are used up, with what they have. */
public class TestSearchLimits extends OmenTestCase {
  private static final int K = 10;

  /** Vectors are visited in blocks. */
  private static final int BLOCK = 64;

  private static final Vectors BASE =
      Vectors.of(GloveSample.base(), VectorSimilarityFunction.COSINE);
  private static final Vectors ASKED =
      Vectors.of(GloveSample.queries(), VectorSimilarityFunction.COSINE).range(0, 10);

  private static Directory directory;
  private static DirectoryReader reader;

  /** Visits that every search needs at least. */
  private static final int FEW_VISITS = 64;

  @BeforeClass
  public static void indexOnce() throws IOException {
    directory = index(BASE, config(OmenVectorsOptions.DEFAULT));
    reader = DirectoryReader.open(directory);
  }

  @AfterClass
  public static void closeIndex() throws IOException {
    reader.close();
    directory.close();
    reader = null;
    directory = null;
  }

  public void testVisits() throws IOException {
    for (int limit : new int[] {1, 10, 64, 100, 1000, 5000}) {
      checkVisits(limit, all());
    }
  }

  public void testVisitsOfFilteredSearches() throws IOException {
    for (int every : new int[] {2, 10, 30, 100}) {
      FixedBitSet docs = new FixedBitSet(BASE.size());
      for (int doc = 0; doc < docs.length(); doc += every) {
        docs.set(doc);
      }
      for (int limit : new int[] {1, 10, 64, 150}) {
        checkVisits(
            limit,
            AcceptDocs.fromIteratorSupplier(
                () -> new BitSetIterator(docs, docs.cardinality()), null, docs.length()));
      }
    }
  }

  /** The depth that a query asks for counts, and not that of the segment. */
  public void testDepthOfAQuery() throws IOException {
    long before = 0;
    for (float factor : new float[] {0.2f, 1, 4}) {
      TopKnnCollector collector =
          new TopKnnCollector(K, Integer.MAX_VALUE, new SearchDepth(factor));
      onlyLeaf(reader).searchNearestVectors(FIELD, ASKED.floats()[0], collector, all());
      assertTrue(factor + ": " + collector.visitedCount(), collector.visitedCount() > before);
      assertEquals(K, collector.topDocs().scoreDocs.length);
      before = collector.visitedCount();
    }
  }

  public void testEnoughVisits() throws IOException {
    LeafReader leaf = onlyLeaf(reader);
    TopDocs hits = ASKED.search(leaf, FIELD, 0, K, all(), BASE.size() + 1);
    assertEquals(TotalHits.Relation.EQUAL_TO, hits.totalHits.relation());
    assertEquals(K, hits.scoreDocs.length);
    assertTrue(hits.totalHits.value() >= K);
    assertTrue("visits each at most once", hits.totalHits.value() <= BASE.size());
  }

  public void testRawScanVisits() throws IOException {
    Vectors few = BASE.range(0, 1000);
    try (Directory small = index(few, config(OmenVectorsOptions.DEFAULT));
        DirectoryReader smallReader = DirectoryReader.open(small)) {
      LeafReader leaf = onlyLeaf(smallReader);
      assertFalse(hasBlocks(leaf));
      for (int limit : new int[] {1, 64, 100, 500}) {
        TopDocs hits = ASKED.search(leaf, FIELD, 0, K, AcceptDocs.fromLiveDocs(null, 1000), limit);
        assertEquals(TotalHits.Relation.GREATER_THAN_OR_EQUAL_TO, hits.totalHits.relation());
        assertTrue(hits.totalHits.value() <= limit + BLOCK);
      }
    }
  }

  public void testTimeout() throws IOException {
    IndexSearcher searcher = searcher(reader);
    Query filter = filter(BASE.size(), row -> row % 3 == 0);
    int complete = 0;
    for (int checks = 0; complete == 0 && checks < 1_000_000; checks += 1 + checks / 4) {
      for (Query used : new Query[] {filter, null}) {
        searcher.setTimeout(new CountingTimeout(checks));
        TopDocs hits = searcher.search(ASKED.query(FIELD, 1, K, used), K);
        int[] rows = rows(reader.leaves(), hits.scoreDocs);
        for (int i = 0; i < rows.length; i++) {
          float exact = BASE.score(ASKED, 1, rows[i]);
          assertEquals(exact, hits.scoreDocs[i].score, tolerance(exact));
        }
        complete += hits.scoreDocs.length == K ? 1 : 0;
      }
      if (checks == 0) {
        assertEquals("nothing without any time", 0, complete);
      }
    }
    assertTrue("some had the time", complete > 0);
  }

  public void testTimeoutOfManySegments() throws IOException {
    try (Directory several = newDirectory()) {
      try (IndexWriter writer = new IndexWriter(several, unmerged(BLOCKS))) {
        for (int from = 0; from < 5000; from += 1000) {
          add(writer, BASE, from, from + 1000);
          writer.flush();
        }
      }
      try (DirectoryReader severalReader = DirectoryReader.open(several)) {
        IndexSearcher searcher = searcher(severalReader);
        for (int checks = 0; checks < 100; checks += 3) {
          searcher.setTimeout(new CountingTimeout(checks));
          TopDocs hits = searcher.search(ASKED.query(FIELD, 0, K, null), K);
          assertTrue(hits.scoreDocs.length <= K);
        }
      }
    }
  }

  /** A timeout that never comes makes Lucene wrap the collector, and must change nothing else. */
  public void testTimeToSpare() throws IOException {
    IndexSearcher searcher = searcher(reader);
    searcher.setTimeout(() -> false);
    assertRecall("time to spare", K, Truth.of(BASE, ASKED, K).recall(searcher));
    Truth filtered = Truth.of(BASE, ASKED, K, row -> row % 3 == 0);
    assertRecall(
        "time to spare, filter",
        K,
        filtered.recall(searcher, filter(BASE.size(), row -> row % 3 == 0)));
  }

  private static AcceptDocs all() {
    return AcceptDocs.fromLiveDocs(null, BASE.size());
  }

  private static void checkVisits(int limit, AcceptDocs accepted) throws IOException {
    LeafReader leaf = onlyLeaf(reader);
    for (int q = 0; q < ASKED.size(); q++) {
      TopDocs hits = ASKED.search(leaf, FIELD, q, K, accepted, limit);
      long unlimited =
          ASKED.search(leaf, FIELD, q, K, accepted, Integer.MAX_VALUE).totalHits.value();
      assertTrue(unlimited + " visits", unlimited >= FEW_VISITS);
      assertEquals(
          unlimited >= limit
              ? TotalHits.Relation.GREATER_THAN_OR_EQUAL_TO
              : TotalHits.Relation.EQUAL_TO,
          hits.totalHits.relation());
      assertTrue(
          "visited " + hits.totalHits.value() + " of " + limit,
          hits.totalHits.value() <= limit + BLOCK);
    }
  }

  /** Time is up after so many questions whether it is. */
  private static final class CountingTimeout implements QueryTimeout {
    private int left;

    CountingTimeout(int left) {
      this.left = left;
    }

    @Override
    public boolean shouldExit() {
      return left-- <= 0;
    }
  }
}
