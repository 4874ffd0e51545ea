/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene.quantize;

import io.omendb.lucene.simd.Kernels;
import java.util.Arrays;

/**
 * A matrix that turns vectors onto axes, in 16-bit steps with a scale for each axis: a query reads
 * all of it, so it is kept small. Rounding is the same for vectors and queries, and changes
 * distances by less than one in ten thousand.
 *
 * @param steps layout [dimension][axis]
 * @param scales value of a step of each axis
 */
public record Rotation(short[] steps, float[] scales) {

  /** Rounds a matrix, layout [dimension][axis]. */
  public static Rotation of(float[] matrix, int axes) {
    float[] scales = new float[axes];
    for (int i = 0; i < matrix.length; i++) {
      scales[i % axes] = Math.max(scales[i % axes], Math.abs(matrix[i]) / Short.MAX_VALUE);
    }
    short[] steps = new short[matrix.length];
    for (int i = 0; i < matrix.length; i++) {
      float scale = scales[i % axes];
      steps[i] = (short) (scale == 0 ? 0 : Math.round(matrix[i] / scale));
    }
    return new Rotation(steps, scales);
  }

  /** The matrix in floats, layout [dimension][axis], for products with many vectors. */
  public float[] matrix() {
    float[] matrix = new float[steps.length];
    for (int i = 0; i < matrix.length; i++) {
      matrix[i] = steps[i] * scales[i % scales.length];
    }
    return matrix;
  }

  /** Turns one vector; {@code rotated} receives a value for each axis. */
  void apply(Kernels kernels, float[] vector, float[] rotated) {
    kernels.multiply(vector, steps, rotated);
    for (int axis = 0; axis < rotated.length; axis++) {
      rotated[axis] *= scales[axis];
    }
  }

  @Override
  public boolean equals(Object object) {
    return object instanceof Rotation other
        && Arrays.equals(steps, other.steps)
        && Arrays.equals(scales, other.scales);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(scales);
  }
}
