/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene.quantize;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.omendb.lucene.simd.Kernels;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TestOrthonormal {
  private static void assertOrthonormal(float[] rows, int dimension) {
    for (int i = 0; i < rows.length; i += dimension) {
      for (int j = 0; j <= i; j += dimension) {
        float dot = Orthonormal.dot(rows, i, rows, j, dimension);
        assertEquals(i == j ? 1 : 0, dot, 1e-5, i / dimension + "," + j / dimension);
      }
    }
  }

  /** Fewer rows than a group, one group, several. */
  @ParameterizedTest
  @CsvSource({"1, 1", "1, 7", "5, 5", "32, 40", "33, 40", "100, 100", "150, 300"})
  void testSpanStays(int count, int dimension) {
    float[] before = ArrayVectors.gaussian(count, dimension, count).rows();
    float[] rows = before.clone();
    Orthonormal.of(Kernels.best(), rows, dimension, new SplittableRandom(1));
    assertOrthonormal(rows, dimension);
    for (int i = 0; i < count; i++) {
      double squares = 0;
      for (int j = 0; j <= i; j++) {
        double part = Orthonormal.dot(before, i * dimension, rows, j * dimension, dimension);
        squares += part * part;
      }
      double length = Orthonormal.dot(before, i * dimension, before, i * dimension, dimension);
      assertEquals(1, squares / length, 1e-4, "row " + i);
    }
  }

  /** Rows that are nothing, or lie in the span of others, make room for random ones. */
  @Test
  void testVanished() {
    int dimension = 90;
    float[] rows = ArrayVectors.gaussian(80, dimension, 1).rows();
    for (int row : new int[] {1, 40, 41, 79}) {
      for (int d = 0; d < dimension; d++) {
        rows[row * dimension + d] = row == 1 ? 0 : 2 * rows[d] - rows[(row - 2) * dimension + d];
      }
    }
    Orthonormal.of(Kernels.best(), rows, dimension, new SplittableRandom(1));
    assertOrthonormal(rows, dimension);
  }
}
