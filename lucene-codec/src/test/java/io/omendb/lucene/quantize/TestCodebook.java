/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene.quantize;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.omendb.lucene.simd.Kernels;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TestCodebook {

  /** Two dimensions swapped by the rotation, one axis a subspace, centroids in steps of 1. */
  private static Codebook small(float firstMean) {
    float[] centroids = new float[2 * Kernels.CENTROIDS];
    for (int i = 0; i < centroids.length; i++) {
      centroids[i] = i % Kernels.CENTROIDS + (i < Kernels.CENTROIDS ? 0 : 1000);
    }
    return Codebooks.of(
        new float[] {firstMean, 20}, new float[] {0, 1, 1, 0}, new int[] {0, 1, 2}, centroids);
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1, 1",
    "31, 31, 31",
    "32, 32, 32",
    "33, 32, 33",
    "192, 32, 192",
    "193, 32, 192",
    "4096, 32, 192"
  })
  void testSizesFollowFromTheDimension(int dimension, int subspaces, int axes) {
    assertEquals(subspaces, Codebook.subspaces(dimension));
    assertEquals(axes, Codebook.axes(dimension));
  }

  @Test
  void testCentreThenRotate() {
    float[] vectors = {11, 22, 13, 24};
    small(10).centre(vectors, 2);
    assertArrayEquals(new float[] {1, 2, 3, 4}, vectors);
    float[] rotated = new float[2];
    small(10).rotate(Kernels.best(), new float[] {3, 4}, rotated);
    assertArrayEquals(new float[] {4, 3}, rotated, 1e-6f);
  }

  @Test
  void testDecode() {
    float[] rotated = new float[4];
    new Decoder(small(10)).decode(new byte[] {9, (byte) 200, 7}, 1, rotated, 2);
    // Of 16-bit steps up to 255 and 1,255.
    assertArrayEquals(new float[] {0, 0, 200, 1007}, rotated, 0.02f);
  }

  @Test
  void testNorms() {
    float[] norms = small(10).norms();
    assertEquals(25, norms[5], 0.04);
    assertEquals(1003 * 1003, norms[Kernels.CENTROIDS + 3], 40);
  }

  @Test
  void testEqualWhenCodesMeanTheSame() {
    assertEquals(small(10), small(10));
    assertEquals(small(10).hashCode(), small(10).hashCode());
    assertNotEquals(small(10), small(11));
    Codebook turned = small(10);
    turned.rotation().steps()[0] = -1;
    assertNotEquals(small(10), turned);
  }
}
