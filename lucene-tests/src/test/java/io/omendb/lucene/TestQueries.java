/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.lucene.document.IntPoint;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.KnnByteVectorQuery;
import org.apache.lucene.search.KnnFloatVectorQuery;
import org.apache.lucene.search.PatienceKnnVectorQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.RescoreTopNQuery;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.SeededKnnVectorQuery;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.store.Directory;
import org.apache.lucene.util.NamedThreadFactory;
import org.junit.AfterClass;
import org.junit.BeforeClass;

/** Lucene's own queries, those beside the plain one too, find what they would with any format. */
public class TestQueries extends OmenTestCase {
  private static final int K = 10;
  private static final VectorSimilarityFunction SIMILARITY = VectorSimilarityFunction.COSINE;
  private static final Vectors BASE = Vectors.of(GloveSample.base(), SIMILARITY);
  private static final Vectors ASKED = Vectors.of(GloveSample.queries(), SIMILARITY).range(0, 50);

  private static Directory directory;
  private static DirectoryReader reader;

  /** Two large segments, and small ones. */
  @BeforeClass
  public static void indexOnce() throws IOException {
    directory = newDirectory();
    try (IndexWriter writer = new IndexWriter(directory, unmerged(OmenVectorsOptions.DEFAULT))) {
      int from = 0;
      for (int end : new int[] {8000, 18_000, 19_000, BASE.size() - 5, BASE.size()}) {
        add(writer, BASE, from, end);
        writer.flush();
        from = end;
      }
    }
    reader = DirectoryReader.open(directory);
  }

  @AfterClass
  public static void closeIndex() throws IOException {
    reader.close();
    directory.close();
    reader = null;
    directory = null;
  }

  public void testSeeds() throws IOException {
    Query[] seeds = {
      IntPoint.newRangeQuery(ROW, 0, BASE.size() / 2),
      IntPoint.newExactQuery(ROW, random().nextInt(BASE.size())),
      filter(BASE.size(), row -> row % 997 == 0),
      IntPoint.newExactQuery(ROW, BASE.size())
    };
    for (Query seed : seeds) {
      check("seeds " + seed, q -> SeededKnnVectorQuery.fromFloatQuery(query(q), seed));
    }
  }

  public void testSeedsAndFilter() throws IOException {
    Query filter = filter(BASE.size(), row -> row % 10 == 0);
    Query seed = filter(BASE.size(), row -> row % 300 == 1);
    Truth truth = Truth.of(BASE, ASKED, K, row -> row % 10 == 0);
    IndexSearcher searcher = searcher(reader);
    double sum = 0;
    for (int q = 0; q < ASKED.size(); q++) {
      KnnFloatVectorQuery query = new KnnFloatVectorQuery(FIELD, ASKED.floats()[q], K, filter);
      sum +=
          truth.recall(
              searcher, q, searcher.search(SeededKnnVectorQuery.fromFloatQuery(query, seed), K));
    }
    assertRecall("seeds and filter", K, sum / ASKED.size());
  }

  public void testPatience() throws IOException {
    check("patience", q -> PatienceKnnVectorQuery.fromFloatQuery(query(q)));
    check("some patience", q -> PatienceKnnVectorQuery.fromFloatQuery(query(q), 0.9, 5));
    Query seed = filter(BASE.size(), row -> row % 500 == 0);
    check(
        "seeded patience",
        q ->
            PatienceKnnVectorQuery.fromSeededQuery(
                SeededKnnVectorQuery.fromFloatQuery(query(q), seed)));
  }

  public void testRescoringChangesNothing() throws IOException {
    IndexSearcher searcher = searcher(reader);
    for (int q = 0; q < ASKED.size(); q++) {
      TopDocs plain = searcher.search(query(q), K);
      Query rescored =
          RescoreTopNQuery.createFullPrecisionRescorerQuery(query(q), ASKED.floats()[q], FIELD, K);
      assertSame(plain, searcher.search(rescored, K), 1e-5f);
    }
  }

  public void testThreadsChangeNothing() throws Exception {
    ExecutorService executor =
        Executors.newFixedThreadPool(3, new NamedThreadFactory("TestQueries"));
    try {
      IndexSearcher parallel = new IndexSearcher(reader, executor);
      parallel.setQueryCache(null);
      for (int q = 0; q < ASKED.size(); q++) {
        assertSame(searcher(reader).search(query(q), K), parallel.search(query(q), K), 1e-6f);
      }
    } finally {
      executor.shutdown();
      assertTrue(executor.awaitTermination(10, TimeUnit.SECONDS));
    }
  }

  public void testManySearchesAtOnce() throws Exception {
    TopDocs[] expected = new TopDocs[ASKED.size()];
    IndexSearcher searcher = searcher(reader);
    for (int q = 0; q < expected.length; q++) {
      expected[q] = searcher.search(query(q), K);
    }
    ExecutorService executor =
        Executors.newFixedThreadPool(4, new NamedThreadFactory("TestQueries"));
    try {
      List<Future<TopDocs>> searches =
          IntStream.range(0, 8 * expected.length)
              .mapToObj(i -> executor.submit(() -> searcher.search(query(i % expected.length), K)))
              .toList();
      for (int i = 0; i < searches.size(); i++) {
        assertSame(expected[i % expected.length], searches.get(i).get(), 1e-6f);
      }
    } finally {
      executor.shutdown();
      assertTrue(executor.awaitTermination(10, TimeUnit.SECONDS));
    }
  }

  public void testBytes() throws IOException {
    Vectors base = Vectors.of(GloveSample.bytes(GloveSample.base()), SIMILARITY);
    Vectors asked = Vectors.of(GloveSample.bytes(GloveSample.queries()), SIMILARITY).range(0, 50);
    try (Directory bytes = index(base, config(OmenVectorsOptions.DEFAULT));
        DirectoryReader bytesReader = DirectoryReader.open(bytes)) {
      IndexSearcher searcher = searcher(bytesReader);
      Truth truth = Truth.of(base, asked, K);
      assertRecall("bytes", K, truth.recall(searcher));
      Query seed = filter(base.size(), row -> row % 500 == 0);
      double seeded = 0;
      double patient = 0;
      for (int q = 0; q < asked.size(); q++) {
        KnnByteVectorQuery query = new KnnByteVectorQuery(FIELD, asked.bytes()[q], K);
        seeded +=
            truth.recall(
                searcher, q, searcher.search(SeededKnnVectorQuery.fromByteQuery(query, seed), K));
        patient +=
            truth.recall(
                searcher, q, searcher.search(PatienceKnnVectorQuery.fromByteQuery(query), K));
      }
      assertRecall("bytes, seeds", K, seeded / asked.size());
      assertRecall("bytes, patience", K, patient / asked.size());
    }
  }

  public void testEveryNumberOfResults() throws IOException {
    IndexSearcher searcher = searcher(reader);
    Vectors asked = ASKED.range(0, 3);
    for (int k : new int[] {1, 2, 63, 64, 65, 1000, 5000, BASE.size() - 1, BASE.size()}) {
      assertRecall("k", k, Truth.of(BASE, asked, k).recall(searcher));
    }
    TopDocs all = searcher.search(ASKED.query(FIELD, 0, BASE.size() + 1, null), BASE.size() + 1);
    assertEquals(BASE.size(), all.scoreDocs.length);
  }

  private static KnnFloatVectorQuery query(int query) {
    return new KnnFloatVectorQuery(FIELD, ASKED.floats()[query], K);
  }

  private interface QueryOf {
    Query query(int query);
  }

  private static void check(String what, QueryOf queries) throws IOException {
    IndexSearcher searcher = searcher(reader);
    Truth truth = Truth.of(BASE, ASKED, K);
    double sum = 0;
    for (int q = 0; q < ASKED.size(); q++) {
      sum += truth.recall(searcher, q, searcher.search(queries.query(q), K));
    }
    assertRecall(what, K, sum / ASKED.size());
  }

  private static void assertSame(TopDocs expected, TopDocs actual, float delta) {
    assertEquals(expected.scoreDocs.length, actual.scoreDocs.length);
    for (int i = 0; i < expected.scoreDocs.length; i++) {
      ScoreDoc hit = actual.scoreDocs[i];
      assertEquals(expected.scoreDocs[i].doc, hit.doc);
      assertEquals(expected.scoreDocs[i].score, hit.score, delta);
    }
  }
}
