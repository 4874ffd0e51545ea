/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene;

import java.io.IOException;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.KnnByteVectorField;
import org.apache.lucene.document.KnnFloatVectorField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.search.AcceptDocs;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.KnnByteVectorQuery;
import org.apache.lucene.search.KnnFloatVectorQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.store.Directory;
import org.apache.lucene.util.Bits;

/** What is wrong is refused with a message that says so, and does no harm to the index. */
public class TestBadInput extends OmenTestCase {
  private static final VectorSimilarityFunction SIMILARITY = VectorSimilarityFunction.EUCLIDEAN;
  private static final int DIMENSION = 20;
  private static final int COUNT = 300;

  /** Options under which the index has codes, and under which it has none. */
  private static final OmenVectorsOptions[] OPTIONS = {BLOCKS, OmenVectorsOptions.DEFAULT};

  private interface Check {
    void run(IndexWriter writer, IndexSearcher searcher, LeafReader leaf) throws IOException;
  }

  /** Runs a check on an index, then uses the index. */
  private static void withIndex(Check check) throws IOException {
    for (OmenVectorsOptions options : OPTIONS) {
      Vectors vectors = Vectors.random(random(), COUNT + 50, DIMENSION, false, SIMILARITY);
      try (Directory directory = newDirectory();
          IndexWriter writer = new IndexWriter(directory, config(options))) {
        add(writer, vectors, 0, COUNT);
        try (DirectoryReader reader = DirectoryReader.open(writer)) {
          check.run(writer, searcher(reader), onlyLeaf(reader));
        }
        add(writer, vectors, COUNT, COUNT + 50);
        writer.forceMerge(1);
        try (DirectoryReader reader = DirectoryReader.open(writer)) {
          assertEquals(COUNT + 50, assertExact(reader, vectors));
          Truth truth = Truth.of(vectors, vectors.range(0, 20), 10);
          assertRecall("afterwards", 10, truth.recall(searcher(reader)));
        }
      }
    }
  }

  public void testQueryOfAnotherDimension() throws IOException {
    withIndex((writer, searcher, leaf) -> {
      for (int dimension : new int[] {1, DIMENSION - 1, DIMENSION + 1, 4096}) {
        Query query = new KnnFloatVectorQuery(FIELD, new float[dimension], 10);
        assertMessage(
            IllegalArgumentException.class,
            () -> searcher.search(query, 10),
            "dimension",
            "" + dimension,
            "" + DIMENSION);
      }
    });
  }

  public void testByteQueryOfFloats() throws IOException {
    withIndex((writer, searcher, leaf) -> {
      Query query = new KnnByteVectorQuery(FIELD, new byte[DIMENSION], 10);
      assertThrows(RuntimeException.class, () -> searcher.search(query, 10));
      // Past Lucene's own check, which comes first in a query.
      assertMessage(
          IllegalArgumentException.class,
          () -> omen(leaf).search(FIELD, new byte[DIMENSION], null, null),
          FIELD,
          "FLOAT32",
          "BYTE");
    });
  }

  public void testUnknownField() throws IOException {
    withIndex((writer, searcher, leaf) -> {
      Query query = new KnnFloatVectorQuery("nothing", new float[DIMENSION], 10);
      assertEquals(0, searcher.search(query, 10).scoreDocs.length);
      Query noVectors = new KnnFloatVectorQuery(ROW, new float[DIMENSION], 10);
      assertEquals(0, searcher.search(noVectors, 10).scoreDocs.length);
      assertMessage(
          IllegalArgumentException.class,
          () -> omen(leaf).search("nothing", new float[DIMENSION], null, null),
          "\"nothing\" not found");
    });
  }

  public void testNoResultsWanted() throws IOException {
    withIndex((writer, searcher, leaf) -> {
      AcceptDocs none = AcceptDocs.fromLiveDocs(new Bits.MatchNoBits(COUNT), COUNT);
      float[] query = new float[DIMENSION];
      assertEquals(0, leaf.searchNearestVectors(FIELD, query, 10, none, 1000).scoreDocs.length);
      assertThrows(IllegalArgumentException.class, () -> new KnnFloatVectorQuery(FIELD, query, 0));
    });
  }

  public void testNotFinite() throws IOException {
    withIndex((writer, searcher, leaf) -> {
      for (float value :
          new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
        float[] vector = new float[DIMENSION];
        vector[random().nextInt(DIMENSION)] = value;
        assertThrows(
            IllegalArgumentException.class,
            () -> new KnnFloatVectorField(FIELD, vector, SIMILARITY));
        assertThrows(
            IllegalArgumentException.class, () -> new KnnFloatVectorQuery(FIELD, vector, 10));
      }
    });
  }

  public void testTooManyDimensions() throws IOException {
    withIndex((writer, searcher, leaf) -> {
      Document document = new Document();
      float[] vector = new float[OmenVectorsFormat.MAX_DIMENSIONS + 1];
      document.add(new KnnFloatVectorField("large", vector, SIMILARITY));
      assertMessage(
          IllegalArgumentException.class,
          () -> writer.addDocument(document),
          "large",
          "" + OmenVectorsFormat.MAX_DIMENSIONS);
    });
  }

  public void testDocumentOfAnotherKind() throws IOException {
    withIndex((writer, searcher, leaf) -> {
      Document dimension = new Document();
      dimension.add(new KnnFloatVectorField(FIELD, new float[DIMENSION + 1], SIMILARITY));
      assertThrows(IllegalArgumentException.class, () -> writer.addDocument(dimension));
      Document encoding = new Document();
      encoding.add(new KnnByteVectorField(FIELD, new byte[DIMENSION], SIMILARITY));
      assertThrows(IllegalArgumentException.class, () -> writer.addDocument(encoding));
      Document twice = new Document();
      twice.add(new KnnFloatVectorField(FIELD, new float[DIMENSION], SIMILARITY));
      twice.add(new KnnFloatVectorField(FIELD, new float[DIMENSION], SIMILARITY));
      assertThrows(IllegalArgumentException.class, () -> writer.addDocument(twice));
    });
  }

  public void testOptionsOutOfRange() {
    OmenVectorsOptions options = OmenVectorsOptions.DEFAULT;
    assertOption(() -> options.withMaxConn(1), "maxConn", "1", "[2, 512]");
    assertOption(() -> options.withMaxConn(513), "maxConn", "513", "[2, 512]");
    assertOption(() -> options.withBeamWidth(0), "beamWidth", "0", "[1, 3200]");
    assertOption(() -> options.withBeamWidth(3201), "beamWidth", "3201", "[1, 3200]");
    for (float depth : new float[] {0, 0.09f, -1, 101, Float.NaN, Float.POSITIVE_INFINITY}) {
      assertOption(() -> options.withSearchDepth(depth), "searchDepth", "" + depth, "[0.1, 100]");
    }
    assertOption(() -> options.withCodesThreshold(0), "codesThreshold", "0", "[1, ");
    assertOption(() -> options.withCodesThreshold(-1), "codesThreshold", "-1", "[1, ");
    assertOption(() -> options.withGraphThreshold(0), "graphThreshold", "0", "[1, ");
    assertThrows(NullPointerException.class, () -> new OmenVectorsFormat(null));
  }

  private static void assertOption(org.junit.function.ThrowingRunnable option, String... parts) {
    assertMessage(IllegalArgumentException.class, option, parts);
  }

  private static void assertMessage(
      Class<? extends Exception> type,
      org.junit.function.ThrowingRunnable action,
      String... parts) {
    String message = assertThrows(type, action).getMessage();
    for (String part : parts) {
      assertTrue(part + " in: " + message, message.contains(part));
    }
  }
}
