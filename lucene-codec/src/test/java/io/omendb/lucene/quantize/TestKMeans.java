/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene.quantize;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.omendb.lucene.simd.Kernels;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TestKMeans {

  private static float[] train(ArrayVectors vectors, int k, int iterations, long seed) {
    int dimension = vectors.dimension();
    return KMeans.train(
        Kernels.best(),
        vectors.rows(),
        0,
        dimension,
        vectors.size(),
        dimension,
        k,
        iterations,
        seed);
  }

  private static float[] centroid(float[] centroids, int k, int c) {
    float[] centroid = new float[centroids.length / k];
    for (int d = 0; d < centroid.length; d++) {
      centroid[d] = centroids[d * k + c];
    }
    return centroid;
  }

  private static int nearest(ArrayVectors vectors, int ord, float[] centroids, int k) {
    int dimension = vectors.dimension();
    int nearest = 0;
    double least = Double.POSITIVE_INFINITY;
    for (int c = 0; c < k; c++) {
      double distance =
          ArrayVectors.squaredDistance(
              vectors.rows(), ord * dimension, centroid(centroids, k, c), 0, dimension);
      if (distance < least) {
        least = distance;
        nearest = c;
      }
    }
    return nearest;
  }

  private static double loss(ArrayVectors vectors, float[] centroids, int k) {
    int dimension = vectors.dimension();
    double loss = 0;
    for (int ord = 0; ord < vectors.size(); ord++) {
      float[] centroid = centroid(centroids, k, nearest(vectors, ord, centroids, k));
      loss += ArrayVectors.squaredDistance(vectors.rows(), ord * dimension, centroid, 0, dimension);
    }
    return loss;
  }

  @Test
  void testDistinctPointsComeBackExactly() {
    ArrayVectors points = ArrayVectors.gaussian(256, 5, 1);
    float[] centroids = train(points, 256, 4, 1);
    assertEquals(0, loss(points, centroids, 256));
  }

  @Test
  void testOffsetAndStride() {
    int stride = 11;
    int offset = 3;
    ArrayVectors points = ArrayVectors.gaussian(200, 4, 2);
    float[] spaced = new float[offset + 200 * stride];
    Arrays.fill(spaced, Float.NaN);
    for (int i = 0; i < 200; i++) {
      points.read(i, spaced, offset + i * stride);
    }
    assertArrayEquals(
        train(points, 16, 5, 9),
        KMeans.train(Kernels.best(), spaced, offset, stride, 200, 4, 16, 5, 9));
  }

  @Test
  void testMoreIterationsDoNotRaiseTheLoss() {
    ArrayVectors vectors = ArrayVectors.clustered(600, 6, 20, 0.3, 3);
    double before = loss(vectors, train(vectors, 24, 0, 5), 24);
    double first = before;
    for (int iterations = 1; iterations <= 10; iterations++) {
      double after = loss(vectors, train(vectors, 24, iterations, 5), 24);
      assertTrue(after <= before * (1 + 1e-5), iterations + ": " + before + " -> " + after);
      before = after;
    }
    assertTrue(before < 0.8 * first, first + " -> " + before);
  }

  @Test
  void testSameSeedSameCentroids() {
    ArrayVectors vectors = ArrayVectors.gaussian(500, 3, 4);
    float[] centroids = train(vectors, 32, 5, 7);
    assertArrayEquals(centroids, train(vectors, 32, 5, 7));
    assertFalse(Arrays.equals(centroids, train(vectors, 32, 5, 8)));
  }

  @Test
  void testFewerRowsThanCentroids() {
    ArrayVectors vectors = ArrayVectors.gaussian(5, 3, 5);
    float[] centroids = train(vectors, 16, 5, 7);
    assertEquals(0, loss(vectors, centroids, 16));
    ArrayVectors back = new ArrayVectors(new float[16 * 3], 3);
    for (int c = 0; c < 16; c++) {
      System.arraycopy(centroid(centroids, 16, c), 0, back.rows(), c * 3, 3);
    }
    float[] rows = new float[3 * 5];
    for (int i = 0; i < 5; i++) {
      for (int d = 0; d < 3; d++) {
        rows[d * 5 + i] = vectors.rows()[i * 3 + d];
      }
    }
    assertEquals(0, loss(back, rows, 5), "a centroid is not one of the rows");
  }

  @Test
  void testIdenticalRows() {
    float[] centroids = train(ArrayVectors.constant(100, 4, 3.7f), 8, 5, 1);
    for (float value : centroids) {
      assertEquals(3.7f, value, 1e-6f);
    }
  }

  /** Most first centroids fall on the same point; those that get no rows move elsewhere. */
  @Test
  void testNoCentroidIsWasted() {
    ArrayVectors vectors = ArrayVectors.gaussian(1000, 3, 6);
    for (int i = 0; i < vectors.rows().length; i++) {
      // Far enough from zero that no row there pulls a centroid away from the zeros.
      vectors.rows()[i] = i < 900 * 3 ? 0 : 100 + vectors.rows()[i];
    }
    Set<Integer> used = new HashSet<>();
    float[] centroids = train(vectors, 32, 20, 1);
    for (int ord = 0; ord < vectors.size(); ord++) {
      used.add(nearest(vectors, ord, centroids, 32));
    }
    assertTrue(used.size() >= 16, used.size() + " of 32 centroids used");
  }

  @Test
  void testSampleIsAscendingAndDistinct() {
    for (int wanted : new int[] {1, 10, 99, 100, 200}) {
      int[] sample = KMeans.sample(new SplittableRandom(1), 100, wanted);
      assertEquals(Math.min(100, wanted), sample.length);
      for (int i = 0; i < sample.length; i++) {
        assertTrue(sample[i] > (i == 0 ? -1 : sample[i - 1]) && sample[i] < 100);
      }
    }
  }

  @Test
  void testSquaredNorms() {
    float[] centroids = {9, 9, 1, 2, 3, 4, 5, 6};
    assertArrayEquals(
        new float[] {1 + 16, 4 + 25, 9 + 36}, KMeans.squaredNorms(centroids, 2, 2, 3));
  }
}
