/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene.quantize;

import io.omendb.lucene.simd.Kernels;
import java.util.SplittableRandom;

/**
 * Makes rows orthonormal: Gram-Schmidt, twice over for accuracy. Rows are first freed from all
 * before their group by matrix products, then from each other one by one. Source: G. Golub, C. Van
 * Loan, Matrix Computations, 5.2.
 */
final class Orthonormal {
  private static final int PASSES = 2;

  /** Rows of a group. */
  private static final int GROUP = 32;

  /** A row that keeps less than this of its length lay in the span of those before it. */
  private static final double VANISHED = 1e-5;

  private Orthonormal() {}

  /**
   * Changes rows to orthonormal ones of the same span; vanished rows are replaced by random ones.
   *
   * @param rows layout [row][dimension]
   */
  static void of(Kernels kernels, float[] rows, int dimension, SplittableRandom random) {
    int count = rows.length / dimension;
    for (int first = 0; first < count; first += GROUP) {
      int end = Math.min(count, first + GROUP);
      double[] lengths = new double[end - first];
      for (int row = first; row < end; row++) {
        lengths[row - first] = length(rows, row * dimension, dimension);
      }
      for (int pass = 0; first > 0 && pass < PASSES; pass++) {
        project(kernels, rows, first, end - first, dimension);
      }
      for (int row = first; row < end; row++) {
        if (!normalize(rows, row, first, lengths[row - first], dimension)) {
          do {
            randomize(rows, row * dimension, dimension, random);
          } while (!normalize(rows, row, 0, length(rows, row * dimension, dimension), dimension));
        }
      }
    }
  }

  /** Frees a group of rows from all before it. */
  private static void project(Kernels kernels, float[] rows, int first, int size, int dimension) {
    float[] group = new float[dimension * size];
    for (int i = 0; i < size; i++) {
      for (int d = 0; d < dimension; d++) {
        group[d * size + i] = rows[(first + i) * dimension + d];
      }
    }
    float[] dots = new float[first * size];
    kernels.multiply(rows, 0, dimension, first, dimension, group, 0, size, dots);
    float[] factors = new float[size * first];
    for (int j = 0; j < first; j++) {
      for (int i = 0; i < size; i++) {
        factors[i * first + j] = dots[j * size + i];
      }
    }
    float[] parts = new float[size * dimension];
    kernels.multiply(factors, 0, first, size, first, rows, 0, dimension, parts);
    for (int i = 0; i < parts.length; i++) {
      rows[first * dimension + i] -= parts[i];
    }
  }

  /**
   * Frees a row from those between {@code from} and itself and scales it to unit length.
   *
   * @return false if it vanished
   */
  private static boolean normalize(float[] rows, int row, int from, double before, int dimension) {
    int at = row * dimension;
    for (int pass = 0; pass < PASSES; pass++) {
      for (int other = from; other < row; other++) {
        float dot = dot(rows, at, rows, other * dimension, dimension);
        for (int d = 0; d < dimension; d++) {
          rows[at + d] -= dot * rows[other * dimension + d];
        }
      }
    }
    double length = length(rows, at, dimension);
    if (!(length > VANISHED * before && length > 1e-30)) {
      return false;
    }
    float factor = (float) (1 / length);
    for (int d = 0; d < dimension; d++) {
      rows[at + d] *= factor;
    }
    return true;
  }

  private static double length(float[] rows, int at, int dimension) {
    return Math.sqrt(dot(rows, at, rows, at, dimension));
  }

  /**
   * A dot product that is always summed in the same order. Lucene's changes in the last bits once
   * it is compiled, as the Vector API leaves the order of its sums open.
   */
  static float dot(float[] a, int aOffset, float[] b, int bOffset, int length) {
    double sum0 = 0;
    double sum1 = 0;
    double sum2 = 0;
    double sum3 = 0;
    int i = 0;
    for (; i + 4 <= length; i += 4) {
      sum0 += a[aOffset + i] * b[bOffset + i];
      sum1 += a[aOffset + i + 1] * b[bOffset + i + 1];
      sum2 += a[aOffset + i + 2] * b[bOffset + i + 2];
      sum3 += a[aOffset + i + 3] * b[bOffset + i + 3];
    }
    for (; i < length; i++) {
      sum0 += a[aOffset + i] * b[bOffset + i];
    }
    return (float) (sum0 + sum1 + (sum2 + sum3));
  }

  static void randomize(float[] rows, int at, int dimension, SplittableRandom random) {
    for (int d = 0; d < dimension; d++) {
      rows[at + d] = (float) random.nextGaussian();
    }
  }
}
