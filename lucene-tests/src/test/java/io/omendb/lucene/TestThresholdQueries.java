/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene;

import java.io.IOException;
import java.lang.reflect.Constructor;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.IntPredicate;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.search.ByteVectorSimilarityQuery;
import org.apache.lucene.search.FloatVectorSimilarityQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.store.Directory;

/** Queries for all documents above a similarity get nearly all of them, however many there are. */
public class TestThresholdQueries extends OmenTestCase {
  private static final int[] RESULTS = {1, 5, 50, 500, 5000};

  public void testCosine() throws IOException {
    VectorSimilarityFunction similarity = VectorSimilarityFunction.COSINE;
    check(
        Vectors.of(GloveSample.base(), similarity),
        Vectors.of(GloveSample.queries(), similarity),
        OmenVectorsOptions.DEFAULT);
  }

  public void testEuclideanWithGraph() throws IOException {
    VectorSimilarityFunction similarity = VectorSimilarityFunction.EUCLIDEAN;
    check(
        Vectors.of(GloveSample.base(), similarity),
        Vectors.of(GloveSample.queries(), similarity),
        OmenVectorsOptions.DEFAULT.withGraphThreshold(1));
  }

  public void testInnerProductOfBytes() throws IOException {
    VectorSimilarityFunction similarity = VectorSimilarityFunction.MAXIMUM_INNER_PRODUCT;
    check(
        Vectors.of(GloveSample.bytes(GloveSample.base()), similarity),
        Vectors.of(GloveSample.bytes(GloveSample.queries()), similarity),
        OmenVectorsOptions.DEFAULT);
  }

  private static void check(Vectors base, Vectors queries, OmenVectorsOptions options)
      throws IOException {
    Vectors asked = queries.range(0, 100);
    try (Directory directory = index(base, config(options));
        DirectoryReader reader = DirectoryReader.open(directory)) {
      for (int results : RESULTS) {
        check(base, asked, reader, results, row -> true, null);
      }
      for (int every : new int[] {2, 50}) {
        IntPredicate accepted = row -> row % every == 0;
        Query filter = filter(base.size(), accepted);
        check(base, asked, reader, 50, accepted, filter);
      }
      assertNothingAboveTheBest(base, asked, reader);
    }
  }

  private static void check(
      Vectors base,
      Vectors asked,
      DirectoryReader reader,
      int results,
      IntPredicate accepted,
      Query filter)
      throws IOException {
    IndexSearcher searcher = searcher(reader);
    double sum = 0;
    for (int q = 0; q < asked.size(); q++) {
      float[] scores = scores(base, asked, q, accepted);
      float threshold = scores[scores.length - results];
      int above = results;
      while (above < scores.length && scores[scores.length - above - 1] >= threshold) {
        above++;
      }
      Query query = query(asked, q, threshold, filter);
      TopDocs hits = searcher.search(query, base.size());
      int[] rows = rows(reader.leaves(), hits.scoreDocs);
      for (int i = 0; i < rows.length; i++) {
        float exact = base.score(asked, q, rows[i]);
        assertEquals(exact, hits.scoreDocs[i].score, tolerance(exact));
        assertTrue(exact >= threshold - tolerance(exact));
        assertTrue(accepted.test(rows[i]));
      }
      assertEquals("once each", rows.length, Arrays.stream(rows).distinct().count());
      sum += Math.min(1, (double) rows.length / above);
    }
    String what =
        String.format(
            Locale.ROOT,
            "%s above a threshold%s",
            base.similarity(),
            filter == null ? "" : ", filter");
    assertRecall(what, results, sum / asked.size());
  }

  private static void assertNothingAboveTheBest(Vectors base, Vectors asked, DirectoryReader reader)
      throws IOException {
    float[] scores = scores(base, asked, 0, row -> true);
    float threshold = scores[scores.length - 1] * 1.01f;
    assertEquals(0, searcher(reader).count(query(asked, 0, threshold, null)));
  }

  private static float[] scores(Vectors base, Vectors asked, int query, IntPredicate accepted) {
    float[] scores = new float[base.size()];
    int count = 0;
    for (int row = 0; row < scores.length; row++) {
      if (accepted.test(row)) {
        scores[count++] = base.score(asked, query, row);
      }
    }
    scores = Arrays.copyOf(scores, count);
    Arrays.sort(scores);
    return scores;
  }

  /**
   * From Lucene 10.6 on these queries are abstract and have two subclasses; what the constructors
   * without a second number mean is the same in all versions.
   */
  private static Query query(Vectors asked, int query, float threshold, Query filter) {
    Class<? extends Query> type =
        asked.isBytes() ? ByteVectorSimilarityQuery.class : FloatVectorSimilarityQuery.class;
    try {
      for (Class<?> nested : type.getDeclaredClasses()) {
        if (nested.getSimpleName().equals("Explicit")) {
          type = nested.asSubclass(Query.class);
        }
      }
      Object target = asked.isBytes() ? asked.bytes()[query] : asked.floats()[query];
      Constructor<? extends Query> constructor =
          type.getConstructor(String.class, target.getClass(), float.class, Query.class);
      return constructor.newInstance(FIELD, target, threshold, filter);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("no constructor for a threshold alone", e);
    }
  }
}
