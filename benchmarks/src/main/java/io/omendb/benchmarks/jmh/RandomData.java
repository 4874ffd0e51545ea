/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.benchmarks.jmh;

import io.omendb.lucene.quantize.Centroids;
import io.omendb.lucene.quantize.Codebook;
import io.omendb.lucene.quantize.Rotation;
import io.omendb.lucene.simd.Kernels;
import java.util.SplittableRandom;

/** Seeded input of benchmarks: inner loops take the same time whatever the numbers are. */
public final class RandomData {
  private static final int TRAINED_ON = 1;

  private RandomData() {}

  /** Numbers of a normal distribution. */
  public static float[] floats(long seed, int count) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  /** Vectors with numbers of a normal distribution. */
  public static float[][] vectors(long seed, int count, int dimension) {
    float[][] vectors = new float[count][];
    for (int i = 0; i < count; i++) {
      vectors[i] = floats(seed + i, dimension);
    }
    return vectors;
  }

  /** Evenly distributed bytes. */
  public static byte[] bytes(long seed, int count) {
    byte[] values = new byte[count];
    new SplittableRandom(seed).nextBytes(values);
    return values;
  }

  /** A codebook of the format's shape for vectors of a dimension, with subspaces of equal width. */
  public static Codebook codebook(long seed, int dimension) {
    int axes = Codebook.axes(dimension);
    int[] offsets = new int[Codebook.subspaces(dimension) + 1];
    for (int s = 0; s < offsets.length; s++) {
      offsets[s] = s * axes / (offsets.length - 1);
    }
    return new Codebook(
        floats(seed, dimension),
        Rotation.of(floats(seed + 1, dimension * axes), axes),
        offsets,
        Centroids.of(floats(seed + 2, axes * Kernels.CENTROIDS)),
        TRAINED_ON,
        1,
        1);
  }
}
