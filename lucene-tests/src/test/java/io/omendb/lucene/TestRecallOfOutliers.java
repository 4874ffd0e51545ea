/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene;

import java.io.IOException;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.store.Directory;

/** A few vectors unlike all others must not cost the others their recall, nor be lost. */
public class TestRecallOfOutliers extends OmenTestCase {
  public void testOneFarAway() throws IOException {
    check(VectorSimilarityFunction.EUCLIDEAN, 1, 1000);
  }

  public void testSomeFarAway() throws IOException {
    check(VectorSimilarityFunction.EUCLIDEAN, 10, 30);
  }

  @AwaitsFix(bugUrl = "the code of a vector a thousand times as long as the others tells nothing")
  public void testOneVeryLong() throws IOException {
    check(VectorSimilarityFunction.MAXIMUM_INNER_PRODUCT, 1, 1000);
  }

  @AwaitsFix(bugUrl = "codes of vectors thirty times as long as the others: recall .93 to .97")
  public void testSomeLong() throws IOException {
    check(VectorSimilarityFunction.MAXIMUM_INNER_PRODUCT, 10, 30);
  }

  public void testOneVeryLongOfManyDirections() throws IOException {
    check(VectorSimilarityFunction.COSINE, 1, 1000);
  }

  /** What looks like unit vectors need not all be. */
  public void testFewLongAmongUnitVectors() throws IOException {
    float[][] rows = GloveSample.unit(GloveSample.base());
    // Far fewer than a sample would find; every query is answered by half of them.
    for (int i = 0; i < 20; i++) {
      scale(rows[17 + 1000 * i], 20);
    }
    VectorSimilarityFunction similarity = VectorSimilarityFunction.MAXIMUM_INNER_PRODUCT;
    check(Vectors.of(rows, similarity), similarity);
  }

  private static void check(VectorSimilarityFunction similarity, int outliers, float factor)
      throws IOException {
    float[][] rows = new float[GloveSample.base().length][];
    for (int row = 0; row < rows.length; row++) {
      rows[row] = GloveSample.base()[row].clone();
    }
    for (int i = 0; i < outliers; i++) {
      scale(rows[random().nextInt(rows.length)], factor);
    }
    check(Vectors.of(rows, similarity), similarity);
  }

  private static void check(Vectors base, VectorSimilarityFunction similarity) throws IOException {
    Vectors asked = Vectors.of(GloveSample.queries(), similarity);
    try (Directory directory = index(base, config(OmenVectorsOptions.DEFAULT));
        DirectoryReader reader = DirectoryReader.open(directory)) {
      assertRecall(similarity.name(), 10, Truth.of(base, asked, 10).recall(searcher(reader)));
    }
  }

  private static void scale(float[] vector, float factor) {
    for (int d = 0; d < vector.length; d++) {
      vector[d] *= factor;
    }
  }
}
