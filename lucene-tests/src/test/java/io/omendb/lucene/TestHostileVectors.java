/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene;

import com.carrotsearch.randomizedtesting.annotations.TimeoutSuite;
import java.io.IOException;
import java.util.Locale;
import java.util.Random;
import java.util.function.IntPredicate;
import org.apache.lucene.index.CodecReader;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.LogDocMergePolicy;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.store.Directory;
import org.apache.lucene.tests.util.TestUtil;

/**
 * Hostile sets of vectors, flushed in parts and merged on the way, then merged into one, then
 * merged once more with a graph: recall with and without a filter, sound files, every block
 * reachable. {@code -Domendb.tests.vectors=20000} makes the sets as large, {@code
 * -Domendb.tests.draw=1} draws others.
 */
@TimeoutSuite(millis = 7_200_000)
public class TestHostileVectors extends OmenTestCase {
  private static final int K = 10;
  private static final int FLUSHES = 8;
  private static final VectorSimilarityFunction EUCLIDEAN = VectorSimilarityFunction.EUCLIDEAN;
  private static final VectorSimilarityFunction COSINE = VectorSimilarityFunction.COSINE;
  private static final VectorSimilarityFunction INNER_PRODUCT =
      VectorSimilarityFunction.MAXIMUM_INNER_PRODUCT;

  private static int count() {
    return Effort.of("vectors", 600);
  }

  /** The same in every run: how much of hostile vectors is found depends on the draw. */
  private static Random draw() {
    return new Random(Effort.of("draw", 17));
  }

  public void testAllEqual() throws IOException {
    check(HostileVectors.allEqual(draw(), count()), EUCLIDEAN, COSINE, INNER_PRODUCT);
  }

  /** A rerank has room for half of a group: which group is best is left to the codes. */
  public void testDuplicatesByTheThousand() throws IOException {
    HostileVectors vectors =
        HostileVectors.duplicates(draw(), count(), Math.min(1000, count() / 10));
    check(vectors, 0.85, EUCLIDEAN);
    check(vectors, 0.85, COSINE);
    check(vectors, 0.85, INNER_PRODUCT);
  }

  public void testDuplicatesByTheHundred() throws IOException {
    int copies = Math.min(100, count() / 20);
    HostileVectors vectors = HostileVectors.duplicates(draw(), count(), copies);
    check(vectors, 0.9, EUCLIDEAN);
    check(vectors, 0.9, COSINE);
    check(vectors, 0.9, INNER_PRODUCT);
  }

  public void testDuplicatesAmongOthers() throws IOException {
    HostileVectors vectors =
        HostileVectors.duplicatesAmongOthers(draw(), count(), Math.min(1000, count() / 10));
    check(vectors, EUCLIDEAN, COSINE, INNER_PRODUCT);
  }

  public void testOneCluster() throws IOException {
    check(HostileVectors.oneCluster(draw(), count()), EUCLIDEAN, COSINE, INNER_PRODUCT);
  }

  /** Inner products of one cluster differ by thousandths. */
  public void testFarClusters() throws IOException {
    HostileVectors vectors = HostileVectors.farClusters(draw(), count());
    check(vectors, EUCLIDEAN, COSINE);
    check(vectors, 0.85, INNER_PRODUCT);
  }

  /** Centroids go where the outliers are, and tell little of the rest. */
  public void testCauchy() throws IOException {
    HostileVectors vectors = HostileVectors.cauchy(draw(), count());
    check(vectors, COSINE);
    check(vectors, 0.9, EUCLIDEAN);
    check(vectors, 0.7, INNER_PRODUCT);
  }

  public void testHeavyLengths() throws IOException {
    check(HostileVectors.heavyLengths(draw(), count()), EUCLIDEAN, COSINE, INNER_PRODUCT);
  }

  /** To codes of vectors as long as a million, all those shorter than a thousand are zero. */
  public void testLengthsOfAllSizes() throws IOException {
    HostileVectors vectors = HostileVectors.lengthsOfAllSizes(draw(), count());
    check(vectors, COSINE, INNER_PRODUCT);
    check(vectors, 0.15, EUCLIDEAN);
  }

  public void testHuge() throws IOException {
    check(HostileVectors.scaled(draw(), count(), 1e17), EUCLIDEAN, INNER_PRODUCT);
  }

  public void testTiny() throws IOException {
    check(HostileVectors.scaled(draw(), count(), 1e-15), COSINE, INNER_PRODUCT);
  }

  /** Products and squares are all zero, so every vector is as good as any other. */
  public void testDenormal() throws IOException {
    check(HostileVectors.scaled(draw(), count(), 1e-40), EUCLIDEAN, INNER_PRODUCT);
  }

  public void testHalfDenormal() throws IOException {
    HostileVectors vectors = HostileVectors.halfDenormal(draw(), count());
    check(vectors, EUCLIDEAN, COSINE);
    check(vectors, 0.8, INNER_PRODUCT);
  }

  public void testOneComponent() throws IOException {
    check(HostileVectors.oneComponent(draw(), count()), EUCLIDEAN, COSINE, INNER_PRODUCT);
  }

  public void testDrift() throws IOException {
    check(HostileVectors.drift(draw(), count()), EUCLIDEAN, COSINE, INNER_PRODUCT);
  }

  /** The wide clusters take the centroids. */
  public void testWidths() throws IOException {
    HostileVectors vectors = HostileVectors.widths(draw(), count());
    check(vectors, COSINE);
    check(vectors, 0.8, EUCLIDEAN);
    check(vectors, 0.6, INNER_PRODUCT);
  }

  public void testSparse() throws IOException {
    check(HostileVectors.sparse(draw(), count()), EUCLIDEAN, COSINE, INNER_PRODUCT);
  }

  public void testOneDimension() throws IOException {
    check(HostileVectors.ofDimension(draw(), count(), 1), EUCLIDEAN, INNER_PRODUCT);
  }

  public void testTwoDimensions() throws IOException {
    HostileVectors vectors = HostileVectors.ofDimension(draw(), count(), 2);
    check(vectors, EUCLIDEAN, COSINE);
    check(vectors, 0.9, INNER_PRODUCT);
  }

  public void testMostDimensions() throws IOException {
    int dimension = OmenVectorsFormat.MAX_DIMENSIONS;
    // Training takes seconds, however few there are.
    check(HostileVectors.ofDimension(draw(), Math.max(200, count() / 10), dimension), EUCLIDEAN);
  }

  private void check(HostileVectors vectors, VectorSimilarityFunction... similarities)
      throws IOException {
    for (VectorSimilarityFunction similarity : similarities) {
      check(vectors, MIN_RECALL, similarity);
    }
  }

  private void check(HostileVectors vectors, double bound, VectorSimilarityFunction similarity)
      throws IOException {
    check(Vectors.of(vectors.base(), similarity), Vectors.of(vectors.queries(), similarity), bound);
  }

  private void check(Vectors base, Vectors queries, double bound) throws IOException {
    OmenVectorsOptions options =
        OmenVectorsOptions.DEFAULT.withCodesThreshold(
            Math.min(OmenVectorsOptions.DEFAULT.codesThreshold(), base.size() / 16));
    IntPredicate accepted = row -> row % 10 == 3;
    Truth all = Truth.of(base, queries, K);
    Truth some = Truth.of(base, queries, K, accepted);
    StringBuilder figures = new StringBuilder();
    double least = 1;
    try (Directory directory = new ByteBuffersDirectory();
        Directory graph = new ByteBuffersDirectory()) {
      try (IndexWriter writer = new IndexWriter(directory, merging(options))) {
        for (int part = 0; part < FLUSHES; part++) {
          add(writer, base, part * base.size() / FLUSHES, (part + 1) * base.size() / FLUSHES);
          writer.flush();
        }
        writer.commit();
        least = Math.min(least, recall("segments", directory, all, some, accepted, figures));
        writer.forceMerge(1);
      }
      least = Math.min(least, recall("merged", directory, all, some, accepted, figures));
      try (DirectoryReader reader = DirectoryReader.open(directory);
          IndexWriter writer = new IndexWriter(graph, merging(options.withGraphThreshold(1)))) {
        writer.addIndexes((CodecReader) onlyLeaf(reader));
      }
      least = Math.min(least, recall("graph", graph, all, some, accepted, figures));
    }
    String message = base.size() + " vectors, " + base.similarity() + figures;
    System.out.println(getTestName() + ": " + message);
    assertTrue(message, least >= bound);
  }

  /** Two levels of merges before the one that is forced. */
  private static IndexWriterConfig merging(OmenVectorsOptions options) {
    LogDocMergePolicy merges = new LogDocMergePolicy();
    merges.setMinMergeDocs(1);
    merges.setMergeFactor(3);
    return config(options).setMergePolicy(merges);
  }

  /** Returns the lesser recall, with or without the filter. */
  private static double recall(
      String what,
      Directory directory,
      Truth all,
      Truth some,
      IntPredicate accepted,
      StringBuilder figures)
      throws IOException {
    TestUtil.checkIndex(directory);
    try (DirectoryReader reader = DirectoryReader.open(directory)) {
      for (LeafReaderContext leaf : reader.leaves()) {
        assertSound(leaf.reader());
      }
      double unfiltered = all.recall(searcher(reader));
      double filtered = some.recall(searcher(reader), filter(reader.maxDoc(), accepted));
      figures.append(String.format(Locale.ROOT, ", %s %.4f %.4f", what, unfiltered, filtered));
      return Math.min(unfiltered, filtered);
    }
  }

  /** What {@code omendb-inspect verify} checks, too. */
  private static void assertSound(LeafReader leaf) throws IOException {
    SegmentLayout layout = SegmentLayout.of(leaf, FIELD);
    assertNotNull("codes", layout);
    if (layout.graph() != null) {
      assertEquals("reachable", layout.blocks(), layout.graph().reachable());
    }
    assertEquals("wrong codes", 0, CodeCheck.of(leaf, FIELD, 1000).wrong());
  }
}
