/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene;

import io.omendb.lucene.quantize.Codebook;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.VectorEncoding;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.store.Directory;

/** Every dimension, encoding and similarity, and sets of vectors that give little to train on. */
public class TestOddVectors extends OmenTestCase {
  private static final int COUNT = 300;

  /** What is asked where noise has more dimensions than codes have axes, all equally strong. */
  private static final double RECALL_OF_NOISE = 0.8;

  public void testSmallDimensions() throws IOException {
    for (int dimension : new int[] {1, 2, 3, 7, 31, 32, 33}) {
      for (VectorSimilarityFunction similarity : VectorSimilarityFunction.values()) {
        for (VectorEncoding encoding : VectorEncoding.values()) {
          checkDimension(dimension, encoding, similarity);
        }
      }
    }
  }

  public void testMiddleDimensions() throws IOException {
    for (int dimension : new int[] {100, 257}) {
      for (VectorSimilarityFunction similarity : VectorSimilarityFunction.values()) {
        checkDimension(dimension, randomEncoding(), similarity);
      }
    }
  }

  public void testLargeDimensions() throws IOException {
    for (int dimension : new int[] {768, 1024}) {
      for (VectorEncoding encoding : VectorEncoding.values()) {
        checkDimension(dimension, encoding, randomSimilarity());
      }
    }
  }

  public void testLargestDimension() throws IOException {
    int dimension = OmenVectorsFormat.MAX_DIMENSIONS;
    Vectors vectors = random(70, dimension, randomEncoding(), randomSimilarity());
    try (Directory directory = index(vectors, config(BLOCKS))) {
      check(directory, vectors);
    }
  }

  private static void checkDimension(
      int dimension, VectorEncoding encoding, VectorSimilarityFunction similarity)
      throws IOException {
    check(random(COUNT, dimension, encoding, similarity));
  }

  public void testAllTheSame() throws IOException {
    checkFloats(rows(5, row -> 0.5f));
  }

  public void testAllZero() throws IOException {
    for (VectorSimilarityFunction similarity : VectorSimilarityFunction.values()) {
      // Lucene takes no zero vectors there.
      if (similarity != VectorSimilarityFunction.COSINE) {
        check(Vectors.of(rows(40, row -> 0), similarity));
        check(Vectors.of(new byte[COUNT][40], similarity));
      }
    }
  }

  public void testAllTheSameButOne() throws IOException {
    int other = random().nextInt(COUNT);
    checkFloats(rows(40, row -> row == other ? -3 : 0.5f));
  }

  public void testTwoDifferentOnly() throws IOException {
    checkFloats(rows(33, row -> row % 2 == 0 ? -1 : 1));
  }

  /** More places than representatives have centroids, each of many blocks of equal vectors. */
  public void testManyVectorsAtFewPlaces() throws IOException {
    int places = 200;
    int count = 40_000;
    float[][] rows = new float[count][1];
    for (int row = 0; row < count; row++) {
      rows[row][0] = row % places;
    }
    Vectors vectors = Vectors.of(rows, VectorSimilarityFunction.EUCLIDEAN);
    try (Directory directory = index(vectors, config(BLOCKS));
        DirectoryReader reader = DirectoryReader.open(directory)) {
      IndexSearcher searcher = new IndexSearcher(reader);
      for (int place = 0; place < places; place++) {
        ScoreDoc[] hits = searcher.search(vectors.query(FIELD, place, 10, null), 10).scoreDocs;
        assertEquals(10, hits.length);
        assertEquals("the tenth of place " + place, 1, hits[9].score, 0);
      }
    }
  }

  public void testConstantComponents() throws IOException {
    checkConstantBut(random());
  }

  /** Draws whose nearest cost more than a table told while it was cut for unit vectors as well. */
  public void testConstantComponentsOfKnownDraws() throws IOException {
    for (int seed : new int[] {3, 4, 27, 50}) {
      checkConstantBut(new Random(seed));
    }
  }

  private static void checkConstantBut(Random random) throws IOException {
    float[][] rows = rows(50, row -> 1);
    for (float[] row : rows) {
      row[7] = (float) random.nextGaussian();
    }
    checkFloats(rows);
  }

  public void testTinyAndHuge() throws IOException {
    checkScales(40, 1e-30f, 1e-18f, 1e-6f, 1e6f, 1e15f);
  }

  /** More axes than are kept, so that the strongest have to be found. */
  public void testTinyAndHugeOfManyDimensions() throws IOException {
    checkScales(400, 1e-12f, 1e-6f, 1e6f, 1e12f);
  }

  private static void checkScales(int dimension, float... scales) throws IOException {
    for (float scale : scales) {
      Vectors vectors =
          random(COUNT, dimension, VectorEncoding.FLOAT32, VectorSimilarityFunction.EUCLIDEAN);
      for (float[] row : vectors.floats()) {
        for (int d = 0; d < row.length; d++) {
          row[d] *= scale;
        }
      }
      check(vectors);
    }
  }

  private interface Value {
    float of(int row);
  }

  /** Rows of one value each. */
  private static float[][] rows(int dimension, Value value) {
    float[][] rows = new float[COUNT][dimension];
    for (int row = 0; row < COUNT; row++) {
      Arrays.fill(rows[row], value.of(row));
    }
    return rows;
  }

  private static void checkFloats(float[][] rows) throws IOException {
    for (VectorSimilarityFunction similarity : VectorSimilarityFunction.values()) {
      boolean unit = similarity == VectorSimilarityFunction.DOT_PRODUCT;
      check(Vectors.of(unit ? GloveSample.unit(rows) : rows, similarity));
    }
  }

  private static void check(Vectors vectors) throws IOException {
    try (Directory directory = newDirectory()) {
      flushAndMerge(directory, vectors);
      check(directory, vectors);
    }
  }

  private static void flushAndMerge(Directory directory, Vectors vectors) throws IOException {
    try (IndexWriter writer = new IndexWriter(directory, config(BLOCKS))) {
      add(writer, vectors, 0, vectors.size() / 3);
      writer.flush();
      add(writer, vectors, vectors.size() / 3, vectors.size());
      writer.forceMerge(1);
    }
  }

  private static void check(Directory directory, Vectors vectors) throws IOException {
    try (DirectoryReader reader = DirectoryReader.open(directory)) {
      assertTrue(hasBlocks(onlyLeaf(reader)));
      assertEquals(vectors.size(), assertExact(reader, vectors));
      String what =
          vectors.dimension() + " dimensions, " + vectors.similarity() + ", " + vectors.isBytes();
      for (int k : new int[] {1, 10}) {
        // Many, as the recall of a few queries is as much chance as truth.
        Vectors asked = vectors.range(0, Math.min(100, vectors.size()));
        double bound = vectors.dimension() > Codebook.MAX_AXES ? RECALL_OF_NOISE : MIN_RECALL;
        double recall = Truth.of(vectors, asked, k).recall(searcher(reader));
        assertTrue(what + ": recall@" + k + " " + recall, recall >= bound);
      }
    }
  }

  private static Vectors random(
      int count, int dimension, VectorEncoding encoding, VectorSimilarityFunction similarity) {
    boolean bytes = encoding == VectorEncoding.BYTE;
    return Vectors.random(random(), count, dimension, bytes, similarity);
  }

  private static VectorEncoding randomEncoding() {
    return random().nextBoolean() ? VectorEncoding.BYTE : VectorEncoding.FLOAT32;
  }

  private static VectorSimilarityFunction randomSimilarity() {
    VectorSimilarityFunction[] all = VectorSimilarityFunction.values();
    return all[random().nextInt(all.length)];
  }
}
