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
import io.omendb.lucene.quantize.Threads;
import io.omendb.lucene.simd.Kernels;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TestAssigner {
  private static final int DIMENSION = 16;

  /** Every so manieth of the vectors. */
  private static float[] centroids(float[] vectors, int count) {
    float[] centroids = new float[count * DIMENSION];
    int step = vectors.length / DIMENSION / count;
    for (int c = 0; c < count; c++) {
      System.arraycopy(vectors, c * step * DIMENSION, centroids, c * DIMENSION, DIMENSION);
    }
    return centroids;
  }

  /** Few centroids are searched one and all; a spread of 1 leaves hardly any clusters to find. */
  @ParameterizedTest
  @CsvSource({
    "1, 0.3, 1",
    "127, 1, 1",
    "128, 0.3, 0.97",
    "400, 0.3, 0.97",
    "1000, 0.3, 0.97",
    "1000, 1, 0.9"
  })
  void testAgreesWithBruteForce(int count, double spread, double share) throws IOException {
    ArrayVectors raw = ArrayVectors.clustered(5000, DIMENSION, 100, spread, 1);
    CodedVectors coded = CodedVectors.of(raw);
    float[] vectors = coded.decoded();
    float[] centroids = centroids(vectors, count);
    Assigner assigner = new Assigner(Kernels.best(), coded.codebook(), centroids);
    int[] found = assigner.assign(coded.rows(), Parallel.SEQUENTIAL);
    // Half a step in each subspace, in each of two sums, and for their offsets.
    double rounding =
        (coded.codebook().subspaces() + 1) * CentroidTables.step(coded.codebook()) + 1e-4;
    int agreed = 0;
    for (int ord = 0; ord < 5000; ord++) {
      int nearest = CodedVectors.nearest(vectors, ord, centroids, DIMENSION);
      double least = distance(vectors, ord, centroids, nearest);
      double distance = distance(vectors, ord, centroids, found[ord]);
      agreed += distance <= least + rounding ? 1 : 0;
      assertTrue(distance <= 3 * least + rounding, ord + ": " + distance + " against " + least);
    }
    assertTrue(agreed >= share * 5000, agreed + " of 5000");
  }

  private static double distance(float[] vectors, int ord, float[] centroids, int c) {
    return ArrayVectors.squaredDistance(
        vectors, ord * DIMENSION, centroids, c * DIMENSION, DIMENSION);
  }

  @Test
  void testGroupsPartitionTheCentroids() throws IOException {
    ArrayVectors centroids = ArrayVectors.gaussian(500, DIMENSION, 2);
    CodedVectors coded = CodedVectors.of(centroids);
    int[][] groups = new Assigner(Kernels.best(), coded.codebook(), centroids.rows()).groups();
    assertTrue(groups.length > 10 && groups.length < 50, groups.length + " groups");
    int[] all = Arrays.stream(groups).flatMapToInt(Arrays::stream).sorted().toArray();
    assertArrayEquals(centroids.ords(), all);
  }

  @Test
  void testThreadsDoNotMatter() throws IOException {
    CodedVectors coded = CodedVectors.of(ArrayVectors.gaussian(9000, DIMENSION, 3));
    Assigner assigner =
        new Assigner(Kernels.best(), coded.codebook(), centroids(coded.decoded(), 200));
    assertArrayEquals(
        assigner.assign(coded.rows(), Parallel.SEQUENTIAL),
        Threads.three(parallel -> assigner.assign(coded.rows(), parallel)));
  }

  @Test
  void testIdenticalCentroids() throws IOException {
    CodedVectors coded = CodedVectors.of(ArrayVectors.gaussian(100, DIMENSION, 4));
    float[] centroids = new float[300 * DIMENSION];
    int[] found =
        new Assigner(Kernels.best(), coded.codebook(), centroids)
            .assign(coded.rows(), Parallel.SEQUENTIAL);
    assertEquals(100, found.length);
    for (int c : found) {
      assertTrue(c >= 0 && c < 300);
    }
  }
}
