/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene.quantize;

import io.omendb.lucene.simd.Kernels;
import java.util.Arrays;

/**
 * A matrix that turns vectors onto axes, in 8-bit steps with a scale for each axis: a query reads
 * all of it, so it is kept small. Rounding is the same for vectors and queries, and changes
 * distances by a few in a thousand, much less than codes do.
 *
 * @param steps layout [dimension][axis]
 * @param scales value of a step of each axis
 */
public record Rotation(byte[] steps, float[] scales) {

  /** Rounds a matrix, layout [dimension][axis]; its columns keep their lengths. */
  public static Rotation of(float[] matrix, int axes) {
    float[] greatest = new float[axes];
    for (int i = 0; i < matrix.length; i++) {
      greatest[i % axes] = Math.max(greatest[i % axes], Math.abs(matrix[i]));
    }
    byte[] steps = new byte[matrix.length];
    double[] squares = new double[axes];
    double[] squaredSteps = new double[axes];
    for (int i = 0; i < matrix.length; i++) {
      int axis = i % axes;
      if (greatest[axis] > 0) {
        steps[i] = (byte) Math.round(matrix[i] * (Byte.MAX_VALUE / greatest[axis]));
        squares[axis] += (double) matrix[i] * matrix[i];
        squaredSteps[axis] += steps[i] * steps[i];
      }
    }
    float[] scales = new float[axes];
    for (int axis = 0; axis < axes; axis++) {
      scales[axis] = greatest[axis] > 0 ? (float) Math.sqrt(squares[axis] / squaredSteps[axis]) : 0;
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
