/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene;

import java.io.IOException;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.store.Directory;

/** Recall under every similarity, of floats and of bytes. */
public class TestRecallOfSimilarities extends OmenTestCase {
  public void testEuclideanOfFloats() throws IOException {
    checkFloats(VectorSimilarityFunction.EUCLIDEAN);
  }

  public void testDotProductOfUnitVectors() throws IOException {
    check(
        Vectors.of(GloveSample.unit(GloveSample.base()), VectorSimilarityFunction.DOT_PRODUCT),
        Vectors.of(GloveSample.unit(GloveSample.queries()), VectorSimilarityFunction.DOT_PRODUCT));
  }

  public void testCosineOfFloats() throws IOException {
    checkFloats(VectorSimilarityFunction.COSINE);
  }

  public void testInnerProductOfFloats() throws IOException {
    checkFloats(VectorSimilarityFunction.MAXIMUM_INNER_PRODUCT);
  }

  public void testEuclideanOfBytes() throws IOException {
    checkBytes(VectorSimilarityFunction.EUCLIDEAN);
  }

  public void testDotProductOfBytes() throws IOException {
    checkBytes(VectorSimilarityFunction.DOT_PRODUCT);
  }

  public void testCosineOfBytes() throws IOException {
    checkBytes(VectorSimilarityFunction.COSINE);
  }

  public void testInnerProductOfBytes() throws IOException {
    checkBytes(VectorSimilarityFunction.MAXIMUM_INNER_PRODUCT);
  }

  private static void checkFloats(VectorSimilarityFunction similarity) throws IOException {
    check(
        Vectors.of(GloveSample.base(), similarity), Vectors.of(GloveSample.queries(), similarity));
  }

  private static void checkBytes(VectorSimilarityFunction similarity) throws IOException {
    check(
        Vectors.of(GloveSample.bytes(GloveSample.base()), similarity),
        Vectors.of(GloveSample.bytes(GloveSample.queries()), similarity));
  }

  private static void check(Vectors base, Vectors queries) throws IOException {
    Vectors asked = queries;
    try (Directory directory = index(base, config(OmenVectorsOptions.DEFAULT));
        DirectoryReader reader = DirectoryReader.open(directory)) {
      assertTrue(hasBlocks(onlyLeaf(reader)));
      String what = base.similarity() + (base.isBytes() ? " of bytes" : "");
      for (int k : new int[] {10, 100, 1}) {
        assertRecall(what, k, Truth.of(base, asked, k).recall(searcher(reader)));
      }
    }
  }
}
