/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene.blocks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.omendb.lucene.quantize.ArrayVectors;
import io.omendb.lucene.quantize.Codebook;
import io.omendb.lucene.simd.Kernels;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class TestCentroidTables {
  private static final int DIMENSION = 40;

  private static int sum(CentroidTables tables, int centroid, CodedVectors coded, int ord) {
    byte[] page = coded.codes().page(ord);
    int sum = tables.offset(centroid);
    for (int s = 0; s < coded.codebook().subspaces(); s++) {
      int code = page[coded.codes().offset(ord) + s] & 0xFF;
      sum += tables.table(centroid)[s * Kernels.CENTROIDS + code] & 0xFF;
    }
    return sum;
  }

  /** Sums are squared distances, whichever the centroid, until partial ones exceed the table. */
  @Test
  void testSumsAreDistances() throws IOException {
    ArrayVectors vectors = ArrayVectors.clustered(2000, DIMENSION, 30, .5, 1);
    Codebook codebook = vectors.train();
    CodedVectors coded = new CodedVectors(codebook, vectors.encode(codebook));
    float[] decoded = coded.decoded();
    int axes = codebook.axes();
    float[] centroids = new float[10 * axes];
    System.arraycopy(decoded, 0, centroids, 0, centroids.length);
    float step = CentroidTables.step(codebook);
    int[] chosen = {7, 2, 9};
    CentroidTables tables = new CentroidTables(Kernels.best(), codebook, centroids, chosen, step);
    assertEquals(3, tables.count());
    int near = 0;
    for (int i = 0; i < chosen.length; i++) {
      for (int ord = 0; ord < vectors.size(); ord++) {
        double distance =
            ArrayVectors.squaredDistance(decoded, ord * axes, centroids, chosen[i] * axes, axes);
        int sum = sum(tables, i, coded, ord);
        assertTrue(sum >= 0 && sum <= Short.MAX_VALUE);
        double rounding = codebook.subspaces() / 2.0 + 1;
        assertTrue(sum <= distance / step + rounding, "saturation only makes less");
        if (distance < 40 * step) {
          assertEquals(distance / step, sum, rounding);
          near++;
        }
      }
    }
    assertTrue(near > 3, near + " near ones");
  }

  /** No spread at all, as when all vectors are equal. */
  @Test
  void testOneValue() throws IOException {
    ArrayVectors vectors = ArrayVectors.constant(300, DIMENSION, 2);
    Codebook codebook = vectors.train();
    assertTrue(CentroidTables.step(codebook) > 0);
  }
}
