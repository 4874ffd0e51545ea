/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene.quantize;

import io.omendb.lucene.simd.Kernels;
import java.util.Arrays;

/**
 * The centroids of all subspaces, in 16-bit steps with a scale for each axis: a query reads all of
 * them, so they are kept small. Vectors are coded by the rounded centroids, so that rounding is no
 * error of a code.
 *
 * @param steps layout [axis][centroid], the axes of one subspace after those of another
 * @param scales value of a step of each axis
 */
public record Centroids(short[] steps, float[] scales) {

  /** Rounds centroids, layout [axis][centroid]. */
  public static Centroids of(float[] values) {
    float[] scales = new float[values.length / Kernels.CENTROIDS];
    short[] steps = new short[values.length];
    for (int axis = 0; axis < scales.length; axis++) {
      int from = axis * Kernels.CENTROIDS;
      float greatest = 0;
      for (int i = from; i < from + Kernels.CENTROIDS; i++) {
        greatest = Math.max(greatest, Math.abs(values[i]));
      }
      scales[axis] = greatest / Short.MAX_VALUE;
      for (int i = from; i < from + Kernels.CENTROIDS && scales[axis] > 0; i++) {
        steps[i] = (short) Math.round(values[i] / scales[axis]);
      }
    }
    return new Centroids(steps, scales);
  }

  /** The centroids in floats, layout [axis][centroid], for work with many vectors. */
  public float[] values() {
    float[] values = new float[steps.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = steps[i] * scales[i / Kernels.CENTROIDS];
    }
    return values;
  }

  /** A component of a centroid of a subspace to which the axis belongs. */
  float value(int axis, int centroid) {
    return steps[axis * Kernels.CENTROIDS + centroid] * scales[axis];
  }

  @Override
  public boolean equals(Object object) {
    return object instanceof Centroids other
        && Arrays.equals(steps, other.steps)
        && Arrays.equals(scales, other.scales);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(steps) + Arrays.hashCode(scales);
  }
}
