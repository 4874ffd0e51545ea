/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene.blocks;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.omendb.lucene.quantize.ArrayVectors;
import io.omendb.lucene.quantize.Codebooks;
import io.omendb.lucene.simd.Kernels;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TestCentroidPath {

  private static void assertPermutation(int[] path, ArrayVectors centroids) {
    assertArrayEquals(centroids.ords(), Arrays.stream(path).sorted().toArray());
  }

  private static double length(int[] path, ArrayVectors centroids) {
    int axes = centroids.dimension();
    double length = 0;
    for (int i = 1; i < path.length; i++) {
      length +=
          Math.sqrt(
              ArrayVectors.squaredDistance(
                  centroids.rows(), path[i - 1] * axes, centroids.rows(), path[i] * axes, axes));
    }
    return length;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 100, 700})
  void testShortPermutation(int count) {
    ArrayVectors centroids = ArrayVectors.gaussian(count, 3, 1);
    Assigner assigner = new Assigner(Kernels.best(), Codebooks.grid(3), centroids.rows());
    int[] path = CentroidPath.through(centroids.rows(), 3, assigner.groups());
    assertPermutation(path, centroids);
    if (count >= 100) {
      double unordered = length(centroids.ords(), centroids);
      assertTrue(length(path, centroids) < 0.4 * unordered);
    }
  }

  /** Points on a line, in groups that lie next to each other. */
  @Test
  void testPointsOnALine() {
    float[] line = {5, 1, 3, 0, 4, 2};
    int[] path = CentroidPath.through(line, 1, new int[][] {{3, 1}, {5, 2}, {4, 0}});
    float[] visited = new float[path.length];
    for (int i = 0; i < path.length; i++) {
      visited[i] = line[path[i]];
    }
    // Begins at the middle of the first group, at 0.5; both of its points are as near.
    assertArrayEquals(new float[] {0, 1, 2, 3, 4, 5}, visited);
  }

  @Test
  void testIdenticalCentroids() {
    ArrayVectors centroids = ArrayVectors.constant(300, 2, 1);
    Assigner assigner = new Assigner(Kernels.best(), Codebooks.grid(2), centroids.rows());
    assertPermutation(CentroidPath.through(centroids.rows(), 2, assigner.groups()), centroids);
  }
}
