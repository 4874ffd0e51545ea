/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene.quantize;

import io.omendb.lucene.simd.Kernels;

/** Codebooks for tests that need no training. */
public final class Codebooks {
  private Codebooks() {}

  /** A codebook of given parts; the rotation has the layout [dimension][axis]. */
  public static Codebook of(float[] mean, float[] rotation, int[] offsets, float[] centroids) {
    int axes = offsets[offsets.length - 1];
    return new Codebook(
        mean, Rotation.of(rotation, axes), offsets, Centroids.of(centroids), 1000, 0.5f, 0.25f);
  }

  /** A codebook of random numbers, which codes nothing well but has all the sizes of a real one. */
  public static Codebook random(int dimension, long seed) {
    int axes = Codebook.axes(dimension);
    int subspaces = Codebook.subspaces(dimension);
    int[] offsets = new int[subspaces + 1];
    for (int s = 0; s <= subspaces; s++) {
      offsets[s] = s * axes / subspaces;
    }
    return of(
        ArrayVectors.gaussian(1, dimension, seed).rows(),
        ArrayVectors.gaussian(dimension, axes, seed + 1).rows(),
        offsets,
        ArrayVectors.gaussian(axes, Kernels.CENTROIDS, seed + 2).rows());
  }

  /**
   * Leaves vectors as they are, has one axis a subspace, and codes components in steps of 1/32 from
   * -4 to 3.97; for at most {@link Codebook#MAX_SUBSPACES} dimensions.
   */
  public static Codebook grid(int dimension) {
    float[] identity = new float[dimension * dimension];
    int[] offsets = new int[dimension + 1];
    float[] centroids = new float[dimension * Kernels.CENTROIDS];
    for (int d = 0; d < dimension; d++) {
      identity[d * dimension + d] = 1;
      offsets[d + 1] = d + 1;
      for (int c = 0; c < Kernels.CENTROIDS; c++) {
        centroids[d * Kernels.CENTROIDS + c] = (c - 128) / 32f;
      }
    }
    return of(new float[dimension], identity, offsets, centroids);
  }
}
