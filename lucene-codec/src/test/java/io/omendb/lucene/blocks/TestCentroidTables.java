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
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class TestCentroidTables {
  private static final int DIMENSION = 40;

  /** Partial distances, and the offset at the end. */
  private static int[] parts(CentroidTables tables, int centroid, CodedVectors coded, int ord) {
    byte[] page = coded.codes().page(ord);
    int subspaces = coded.codebook().subspaces();
    int[] parts = new int[subspaces + 1];
    for (int s = 0; s < subspaces; s++) {
      int code = page[coded.codes().offset(ord) + s] & 0xFF;
      parts[s] = tables.table(centroid)[s * Kernels.CENTROIDS + code] & 0xFF;
    }
    parts[subspaces] = tables.offset(centroid);
    return parts;
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
    int unsaturated = 0;
    for (int i = 0; i < chosen.length; i++) {
      for (int ord = 0; ord < vectors.size(); ord++) {
        double distance =
            ArrayVectors.squaredDistance(decoded, ord * axes, centroids, chosen[i] * axes, axes);
        int[] parts = parts(tables, i, coded, ord);
        int sum = Arrays.stream(parts).sum();
        assertTrue(sum >= 0 && sum <= Short.MAX_VALUE);
        double rounding = codebook.subspaces() / 2.0 + 1;
        assertTrue(sum <= distance / step + rounding, "saturation only makes less");
        if (Arrays.stream(parts).limit(parts.length - 1).allMatch(part -> part < 255)) {
          assertEquals(distance / step, sum, rounding);
          unsaturated++;
        }
      }
    }
    assertTrue(unsaturated > 300, unsaturated + " without saturation");
  }

  /** One component holds nearly all of the distances, so it must not be cut off. */
  @Test
  void testOneWideComponent() throws IOException {
    ArrayVectors vectors = ArrayVectors.gaussian(3000, DIMENSION, 1);
    for (int at = 0; at < vectors.rows().length; at += DIMENSION) {
      vectors.rows()[at] *= 1e5f;
    }
    Codebook codebook = vectors.train();
    CodedVectors coded = new CodedVectors(codebook, vectors.encode(codebook));
    float[] centroid = Arrays.copyOf(coded.decoded(), codebook.axes());
    CentroidTables tables =
        new CentroidTables(
            Kernels.best(), codebook, centroid, new int[] {0}, CentroidTables.step(codebook));
    double near = 0;
    double far = Double.POSITIVE_INFINITY;
    for (int ord = 0; ord < vectors.size(); ord++) {
      double away = Math.abs(vectors.rows()[ord * DIMENSION] - vectors.rows()[0]);
      int sum = Arrays.stream(parts(tables, 0, coded, ord)).sum();
      if (away < 1e4) {
        near = Math.max(near, sum);
      } else if (away > 1e5) {
        far = Math.min(far, sum);
      }
    }
    assertTrue(near < far, near + " near, " + far + " far");
  }

  /** No spread at all, as when all vectors are equal. */
  @Test
  void testOneValue() throws IOException {
    ArrayVectors vectors = ArrayVectors.constant(300, DIMENSION, 2);
    Codebook codebook = vectors.train();
    assertTrue(CentroidTables.step(codebook) > 0);
  }
}
