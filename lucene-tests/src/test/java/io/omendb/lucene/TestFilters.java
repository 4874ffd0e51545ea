/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene;

import java.io.IOException;
import java.util.Arrays;
import java.util.function.IntPredicate;
import org.apache.lucene.document.IntPoint;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.search.AcceptDocs;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.store.Directory;
import org.apache.lucene.util.BitSetIterator;
import org.apache.lucene.util.FixedBitSet;
import org.junit.AfterClass;
import org.junit.BeforeClass;

/** Filters cost no recall, however many documents they leave and wherever these lie. */
public class TestFilters extends OmenTestCase {
  private static final int K = 10;
  private static final double[] SHARES = {0.5, 0.1, 0.01, 0.001};

  private static final Vectors BASE =
      Vectors.of(GloveSample.base(), VectorSimilarityFunction.COSINE);
  private static final Vectors ASKED =
      Vectors.of(GloveSample.queries(), VectorSimilarityFunction.COSINE).range(0, 40);

  private static Directory directory;
  private static DirectoryReader reader;

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

  public void testRandom() throws IOException {
    for (double share : SHARES) {
      check("random " + share, reader, random(share));
    }
  }

  public void testSingleDocument() throws IOException {
    int only = random().nextInt(BASE.size());
    check("single", reader, row -> row == only);
  }

  public void testNoDocument() throws IOException {
    check("none", reader, row -> false);
  }

  public void testNearestToTheQuery() throws IOException {
    for (double share : SHARES) {
      checkByRank("nearest", 0, share);
    }
  }

  @AwaitsFix(
      bugUrl = "a filter that rejects the nearer half leaves thousands of nearly equal distances")
  public void testFarthestFromTheQuery() throws IOException {
    for (double share : SHARES) {
      checkByRank("farthest", 1 - share, share);
    }
  }

  public void testBandsOfFrequency() throws IOException {
    int[] ends = {20, 200, 2000, 10_000, BASE.size()};
    int from = 0;
    for (int end : ends) {
      int start = from;
      Truth truth = Truth.of(BASE, ASKED, K, row -> row >= start && row < end);
      double recall = truth.recall(searcher(reader), IntPoint.newRangeQuery(ROW, start, end - 1));
      assertRecall("rows " + start + " to " + end, K, recall);
      from = end;
    }
  }

  public void testMoreResultsThanMatches() throws IOException {
    FixedBitSet rows = random(0.005);
    Truth truth = Truth.of(BASE, ASKED, 300, rows::get);
    double recall = truth.recall(searcher(reader), filter(BASE.size(), rows::get));
    assertEquals("all that match", 1, recall, 0);
  }

  public void testSparseField() throws IOException {
    int every = 2 + random().nextInt(4);
    try (Directory sparse = newDirectory()) {
      try (IndexWriter writer = new IndexWriter(sparse, config(OmenVectorsOptions.DEFAULT))) {
        for (int row = 0; row < BASE.size(); row++) {
          writer.addDocument(row % every == 0 ? document(row, BASE) : document(row));
        }
        writer.forceMerge(1);
      }
      try (DirectoryReader sparseReader = DirectoryReader.open(sparse)) {
        assertTrue(hasBlocks(onlyLeaf(sparseReader)));
        for (double share : SHARES) {
          check("sparse " + share, sparseReader, random(share), row -> row % every == 0);
        }
      }
    }
  }

  public void testDeletedDocuments() throws IOException {
    FixedBitSet deleted = random(0.3);
    try (Directory copy = newDirectory()) {
      try (IndexWriter writer = new IndexWriter(copy, unmerged(OmenVectorsOptions.DEFAULT))) {
        writer.addIndexes(directory);
        for (int row = 0; row < BASE.size(); row++) {
          if (deleted.get(row)) {
            writer.deleteDocuments(term(row));
          }
        }
      }
      try (DirectoryReader copyReader = DirectoryReader.open(copy)) {
        for (double share : SHARES) {
          check("deletes " + share, copyReader, random(share), row -> !deleted.get(row));
        }
      }
    }
  }

  public void testSeveralSegments() throws IOException {
    try (Directory several = newDirectory()) {
      try (IndexWriter writer = new IndexWriter(several, unmerged(OmenVectorsOptions.DEFAULT))) {
        int from = 0;
        for (int end : new int[] {10_000, 15_000, 19_000, 19_500, BASE.size()}) {
          add(writer, BASE, from, end);
          writer.flush();
          from = end;
        }
      }
      try (DirectoryReader severalReader = DirectoryReader.open(several)) {
        assertEquals(5, severalReader.leaves().size());
        for (double share : SHARES) {
          check("segments " + share, severalReader, random(share));
        }
        check("segments, rows from 9990", severalReader, row -> row >= 9990 && row < 10_010);
      }
    }
  }

  /** Without the exact search by which Lucene's query makes up for what is missing. */
  public void testSegmentAloneReturnsAllThatIsWanted() throws IOException {
    LeafReader leaf = onlyLeaf(reader);
    for (double share : SHARES) {
      FixedBitSet docs = random(share);
      for (int k : new int[] {1, 10, 100}) {
        Truth truth = Truth.of(BASE, ASKED, k, docs::get);
        double sum = 0;
        for (int q = 0; q < ASKED.size(); q++) {
          TopDocs hits = ASKED.search(leaf, FIELD, q, k, accept(docs), Integer.MAX_VALUE);
          sum += truth.recall(searcher(reader), q, hits);
        }
        assertRecall("leaf " + share, k, sum / ASKED.size());
      }
    }
  }

  private static AcceptDocs accept(FixedBitSet docs) {
    return AcceptDocs.fromIteratorSupplier(
        () -> new BitSetIterator(docs, docs.cardinality()), null, docs.length());
  }

  private static FixedBitSet random(double share) {
    FixedBitSet rows = new FixedBitSet(BASE.size());
    while (rows.cardinality() < share * BASE.size()) {
      rows.set(random().nextInt(BASE.size()));
    }
    return rows;
  }

  private void check(String what, DirectoryReader index, FixedBitSet rows) throws IOException {
    check(what, index, rows::get);
  }

  private void check(String what, DirectoryReader index, IntPredicate rows) throws IOException {
    check(what, index, rows, row -> true);
  }

  private void check(String what, DirectoryReader index, FixedBitSet rows, IntPredicate present)
      throws IOException {
    check(what, index, rows::get, present);
  }

  /**
   * Checks a filter.
   *
   * @param rows what the filter accepts
   * @param present rows that have a vector and are not deleted
   */
  private void check(String what, DirectoryReader index, IntPredicate rows, IntPredicate present)
      throws IOException {
    Truth truth = Truth.of(BASE, ASKED, K, rows.and(present));
    assertRecall(what, K, truth.recall(searcher(index), filter(BASE.size(), rows)));
  }

  /** The filter accepts a stretch of each query's own ranking. */
  private void checkByRank(String what, double from, double share) throws IOException {
    double sum = 0;
    IndexSearcher searcher = searcher(reader);
    for (int q = 0; q < ASKED.size(); q++) {
      FixedBitSet rows = byRank(q, from, share);
      Truth truth = Truth.of(BASE, ASKED.range(q, q + 1), K, rows::get);
      sum += truth.recall(searcher, filter(BASE.size(), rows::get));
    }
    assertRecall(what + " " + share, K, sum / ASKED.size());
  }

  private static FixedBitSet byRank(int query, double from, double share) {
    Integer[] order = new Integer[BASE.size()];
    float[] scores = new float[order.length];
    for (int row = 0; row < order.length; row++) {
      order[row] = row;
      scores[row] = BASE.score(ASKED, query, row);
    }
    Arrays.sort(order, (a, b) -> Float.compare(scores[b], scores[a]));
    FixedBitSet rows = new FixedBitSet(order.length);
    int start = (int) Math.round(from * order.length);
    for (int i = start; i < start + (int) (share * order.length); i++) {
      rows.set(order[i]);
    }
    return rows;
  }
}
