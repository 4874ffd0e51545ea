/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Nearest centroids of two registers of vectors at once, one lane a vector. A lane maximises the
 * dot product less half the squared length of the centroid, so that no distance is ever stored.
 */
final class NearestCentroids {
  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = FLOATS.length();
  private static final VectorSpecies<Integer> INTS =
      VectorSpecies.of(int.class, FLOATS.vectorShape());

  /** Centroids at once: with two registers of vectors, sums enough to hide the latency. */
  private static final int TILE = 4;

  /** Up to so many axes, vectors stay in registers. */
  private static final int NARROW = 8;

  private NearestCentroids() {}

  /**
   * See {@link Kernels#nearest(float[], int, float[], int, float[], int, int, int[], float[])}.
   *
   * @param row first vector of the panel, of twice as many as a register has lanes
   */
  static void of(
      float[] panel,
      int row,
      int axes,
      float[] centroids,
      int centroidsOffset,
      float[] norms,
      int normsOffset,
      int count,
      int[] nearest,
      float[] distances) {
    if (axes <= NARROW) {
      narrow(
          withNarrowAxes(panel, axes),
          row,
          axes,
          centroids,
          centroidsOffset,
          norms,
          normsOffset,
          count,
          nearest,
          distances);
    } else {
      wide(
          panel,
          row,
          axes,
          centroids,
          centroidsOffset,
          norms,
          normsOffset,
          count,
          nearest,
          distances);
    }
  }

  private static float[] withNarrowAxes(float[] panel, int axes) {
    if (axes == NARROW) {
      return panel;
    }
    float[] filled = new float[NARROW * Kernels.PANEL_ROWS];
    System.arraycopy(panel, 0, filled, 0, axes * Kernels.PANEL_ROWS);
    return filled;
  }

  /**
   * Without a loop over axes, whose overhead is more than the work for so few. Axes that are not
   * there are zeros, multiplied with another axis.
   */
  private static void narrow(
      float[] panel,
      int row,
      int axes,
      float[] centroids,
      int centroidsOffset,
      float[] norms,
      int normsOffset,
      int count,
      int[] nearest,
      float[] distances) {
    FloatVector a0 = vectors(panel, row, 0);
    FloatVector a1 = vectors(panel, row, 1);
    FloatVector a2 = vectors(panel, row, 2);
    FloatVector a3 = vectors(panel, row, 3);
    FloatVector a4 = vectors(panel, row, 4);
    FloatVector a5 = vectors(panel, row, 5);
    FloatVector a6 = vectors(panel, row, 6);
    FloatVector a7 = vectors(panel, row, 7);
    FloatVector b0 = vectors(panel, row + LANES, 0);
    FloatVector b1 = vectors(panel, row + LANES, 1);
    FloatVector b2 = vectors(panel, row + LANES, 2);
    FloatVector b3 = vectors(panel, row + LANES, 3);
    FloatVector b4 = vectors(panel, row + LANES, 4);
    FloatVector b5 = vectors(panel, row + LANES, 5);
    FloatVector b6 = vectors(panel, row + LANES, 6);
    FloatVector b7 = vectors(panel, row + LANES, 7);
    int c1 = centroidsOffset + Math.min(1, axes - 1) * count;
    int c2 = centroidsOffset + Math.min(2, axes - 1) * count;
    int c3 = centroidsOffset + Math.min(3, axes - 1) * count;
    int c4 = centroidsOffset + Math.min(4, axes - 1) * count;
    int c5 = centroidsOffset + Math.min(5, axes - 1) * count;
    int c6 = centroidsOffset + Math.min(6, axes - 1) * count;
    int c7 = centroidsOffset + Math.min(7, axes - 1) * count;
    FloatVector bestA = FloatVector.broadcast(FLOATS, Float.NEGATIVE_INFINITY);
    FloatVector bestB = bestA;
    IntVector indexA = IntVector.zero(INTS);
    IntVector indexB = indexA;
    for (int c = 0; c < count; c++) {
      FloatVector half = FloatVector.broadcast(FLOATS, -0.5f * norms[normsOffset + c]);
      FloatVector value = FloatVector.broadcast(FLOATS, centroids[centroidsOffset + c]);
      FloatVector evenA = value.fma(a0, half);
      FloatVector evenB = value.fma(b0, half);
      value = FloatVector.broadcast(FLOATS, centroids[c1 + c]);
      FloatVector oddA = value.mul(a1);
      FloatVector oddB = value.mul(b1);
      value = FloatVector.broadcast(FLOATS, centroids[c2 + c]);
      evenA = value.fma(a2, evenA);
      evenB = value.fma(b2, evenB);
      value = FloatVector.broadcast(FLOATS, centroids[c3 + c]);
      oddA = value.fma(a3, oddA);
      oddB = value.fma(b3, oddB);
      value = FloatVector.broadcast(FLOATS, centroids[c4 + c]);
      evenA = value.fma(a4, evenA);
      evenB = value.fma(b4, evenB);
      value = FloatVector.broadcast(FLOATS, centroids[c5 + c]);
      oddA = value.fma(a5, oddA);
      oddB = value.fma(b5, oddB);
      value = FloatVector.broadcast(FLOATS, centroids[c6 + c]);
      evenA = value.fma(a6, evenA);
      evenB = value.fma(b6, evenB);
      value = FloatVector.broadcast(FLOATS, centroids[c7 + c]);
      oddA = value.fma(a7, oddA);
      oddB = value.fma(b7, oddB);
      evenA = evenA.add(oddA);
      evenB = evenB.add(oddB);
      indexA = better(indexA, c, evenA, bestA);
      bestA = better(evenA, bestA);
      indexB = better(indexB, c, evenB, bestB);
      bestB = better(evenB, bestB);
    }
    indexA.intoArray(nearest, row);
    indexB.intoArray(nearest, row + LANES);
    bestA.mul(-2f).intoArray(distances, row);
    bestB.mul(-2f).intoArray(distances, row + LANES);
  }

  private static FloatVector vectors(float[] panel, int row, int axis) {
    return FloatVector.fromArray(FLOATS, panel, axis * Kernels.PANEL_ROWS + row);
  }

  private static void wide(
      float[] panel,
      int row,
      int axes,
      float[] centroids,
      int centroidsOffset,
      float[] norms,
      int normsOffset,
      int count,
      int[] nearest,
      float[] distances) {
    FloatVector best0 = FloatVector.broadcast(FLOATS, Float.NEGATIVE_INFINITY);
    FloatVector best1 = best0;
    IntVector index0 = IntVector.zero(INTS);
    IntVector index1 = index0;
    int c = 0;
    for (; c + TILE <= count; c += TILE) {
      int norm = normsOffset + c;
      FloatVector a0 = FloatVector.broadcast(FLOATS, -0.5f * norms[norm]);
      FloatVector b0 = FloatVector.broadcast(FLOATS, -0.5f * norms[norm + 1]);
      FloatVector c0 = FloatVector.broadcast(FLOATS, -0.5f * norms[norm + 2]);
      FloatVector d0 = FloatVector.broadcast(FLOATS, -0.5f * norms[norm + 3]);
      FloatVector a1 = a0;
      FloatVector b1 = b0;
      FloatVector c1 = c0;
      FloatVector d1 = d0;
      for (int axis = 0; axis < axes; axis++) {
        int x = axis * Kernels.PANEL_ROWS + row;
        FloatVector x0 = FloatVector.fromArray(FLOATS, panel, x);
        FloatVector x1 = FloatVector.fromArray(FLOATS, panel, x + LANES);
        int at = centroidsOffset + axis * count + c;
        FloatVector value = FloatVector.broadcast(FLOATS, centroids[at]);
        a0 = value.fma(x0, a0);
        a1 = value.fma(x1, a1);
        value = FloatVector.broadcast(FLOATS, centroids[at + 1]);
        b0 = value.fma(x0, b0);
        b1 = value.fma(x1, b1);
        value = FloatVector.broadcast(FLOATS, centroids[at + 2]);
        c0 = value.fma(x0, c0);
        c1 = value.fma(x1, c1);
        value = FloatVector.broadcast(FLOATS, centroids[at + 3]);
        d0 = value.fma(x0, d0);
        d1 = value.fma(x1, d1);
      }
      index0 = better(index0, c, a0, best0);
      best0 = better(a0, best0);
      index1 = better(index1, c, a1, best1);
      best1 = better(a1, best1);
      index0 = better(index0, c + 1, b0, best0);
      best0 = better(b0, best0);
      index1 = better(index1, c + 1, b1, best1);
      best1 = better(b1, best1);
      index0 = better(index0, c + 2, c0, best0);
      best0 = better(c0, best0);
      index1 = better(index1, c + 2, c1, best1);
      best1 = better(c1, best1);
      index0 = better(index0, c + 3, d0, best0);
      best0 = better(d0, best0);
      index1 = better(index1, c + 3, d1, best1);
      best1 = better(d1, best1);
    }
    for (; c < count; c++) {
      FloatVector a0 = FloatVector.broadcast(FLOATS, -0.5f * norms[normsOffset + c]);
      FloatVector a1 = a0;
      for (int axis = 0; axis < axes; axis++) {
        int x = axis * Kernels.PANEL_ROWS + row;
        FloatVector value =
            FloatVector.broadcast(FLOATS, centroids[centroidsOffset + axis * count + c]);
        a0 = value.fma(FloatVector.fromArray(FLOATS, panel, x), a0);
        a1 = value.fma(FloatVector.fromArray(FLOATS, panel, x + LANES), a1);
      }
      index0 = better(index0, c, a0, best0);
      best0 = better(a0, best0);
      index1 = better(index1, c, a1, best1);
      best1 = better(a1, best1);
    }
    index0.intoArray(nearest, row);
    index1.intoArray(nearest, row + LANES);
    best0.mul(-2f).intoArray(distances, row);
    best1.mul(-2f).intoArray(distances, row + LANES);
  }

  private static IntVector better(IntVector index, int c, FloatVector sum, FloatVector best) {
    VectorMask<Float> greater = sum.compare(VectorOperators.GT, best);
    return index.blend(c, greater.cast(INTS));
  }

  /** What is not a number compares as not greater. */
  private static FloatVector better(FloatVector sum, FloatVector best) {
    return best.blend(sum, sum.compare(VectorOperators.GT, best));
  }
}
