/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene.blocks;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.omendb.lucene.quantize.ArrayVectors;
import io.omendb.lucene.quantize.Parallel;
import io.omendb.lucene.simd.Kernels;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class TestCentroidTrainer {
  private static final int DIMENSION = 16;

  private static float[] train(CodedVectors vectors, Effort effort) throws IOException {
    return CentroidTrainer.train(Kernels.best(), Parallel.SEQUENTIAL, vectors.rows(), effort);
  }

  /** Mean squared distance of vectors to their nearest centroid. */
  private static double error(CodedVectors vectors, float[] centroids) {
    float[] decoded = vectors.decoded();
    double sum = 0;
    int count = decoded.length / DIMENSION;
    for (int ord = 0; ord < count; ord++) {
      int nearest = CodedVectors.nearest(decoded, ord, centroids, DIMENSION);
      sum +=
          ArrayVectors.squaredDistance(
              decoded, ord * DIMENSION, centroids, nearest * DIMENSION, DIMENSION);
    }
    return sum / count;
  }

  /** As good as vectors alone are not: every round moves centroids to where the vectors are. */
  @Test
  void testRounds() throws IOException {
    CodedVectors vectors = CodedVectors.of(ArrayVectors.clustered(9000, DIMENSION, 100, 0.5, 1));
    int wanted = BlockLayout.blocks(9000);
    float[] some = Arrays.copyOf(vectors.decoded(), wanted * DIMENSION);
    float[] flushed = train(vectors, Effort.FLUSH);
    float[] merged = train(vectors, Effort.MERGE);
    assertEquals(wanted * DIMENSION, flushed.length);
    assertEquals(wanted * DIMENSION, merged.length);
    double start = error(vectors, some);
    double quick = error(vectors, flushed);
    double thorough = error(vectors, merged);
    assertTrue(quick < 0.8 * start, quick + " against " + start);
    assertTrue(thorough < quick, thorough + " against " + quick);
  }

  /** Half of the vectors are one, which gets one centroid and not half of them. */
  @Test
  void testRepeatedCodesAreDrawnOnce() throws IOException {
    ArrayVectors mixed = ArrayVectors.gaussian(6400, DIMENSION, 2);
    Arrays.fill(mixed.rows(), 0, 3200 * DIMENSION, 0f);
    CodedVectors vectors = CodedVectors.of(mixed);
    float[] centroids = train(vectors, Effort.FLUSH);
    assertEquals(100 * DIMENSION, centroids.length);
    int zeros = 0;
    for (int at = 0; at < centroids.length; at += DIMENSION) {
      double length = 0;
      for (int axis = 0; axis < DIMENSION; axis++) {
        length += centroids[at + axis] * centroids[at + axis];
      }
      zeros += length < 0.01 ? 1 : 0;
    }
    assertEquals(1, zeros);
  }

  @Test
  void testOneCode() throws IOException {
    CodedVectors vectors = CodedVectors.of(ArrayVectors.constant(1000, DIMENSION, 0.5f));
    float[] centroids = train(vectors, Effort.MERGE);
    assertArrayEquals(Arrays.copyOf(vectors.decoded(), DIMENSION), centroids, 1e-6f);
  }
}
