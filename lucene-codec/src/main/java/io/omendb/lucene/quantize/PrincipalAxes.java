/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene.quantize;

import io.omendb.lucene.simd.Kernels;
import java.io.IOException;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * The strongest principal axes of a sample, strongest first: orthogonal iteration on the covariance
 * matrix, then a Rayleigh-Ritz step that separates the axes. Sources: G. Golub, C. Van Loan, Matrix
 * Computations, 8.2.4 (orthogonal iteration) and 8.5 (Jacobi).
 *
 * @param axes orthonormal rows, layout [axis][dimension]
 * @param variances variance of the sample along each axis, descending
 */
record PrincipalAxes(float[][] axes, double[] variances) {
  private static final int ITERATIONS = 10;

  /** Extra axes carried along, so that the wanted ones converge. */
  private static final int GUARD_AXES = 16;

  private static final int JACOBI_SWEEPS = 8;

  /** Rows of the covariance matrix computed by one task. */
  private static final int CHUNK = 64;

  /** Rows whose part of the covariance is summed at once, few enough to stay in the cache. */
  private static final int ROWS = 128;

  /**
   * Finds the axes of a sample.
   *
   * @param rows centred sample, row-major
   * @param count number of rows
   * @param wanted number of axes, at most {@code dimension}
   */
  static PrincipalAxes of(
      Kernels kernels, Parallel parallel, float[] rows, int count, int dimension, int wanted)
      throws IOException {
    float[] covariance = covariance(kernels, parallel, rows, count, dimension);
    int carried = Math.min(dimension, wanted + GUARD_AXES);
    SplittableRandom random = new SplittableRandom(dimension);
    float[][] basis = new float[carried][dimension];
    for (int i = 0; i < carried; i++) {
      if (carried == dimension) {
        basis[i][i] = 1;
      } else {
        randomize(basis[i], random);
      }
    }
    orthonormalize(basis, random);
    if (carried < dimension) {
      for (int i = 0; i < ITERATIONS; i++) {
        basis = times(kernels, parallel, basis, covariance, dimension);
        orthonormalize(basis, random);
      }
    }
    return rayleighRitz(kernels, parallel, basis, covariance, dimension, wanted);
  }

  private static float[] covariance(
      Kernels kernels, Parallel parallel, float[] rows, int count, int dimension)
      throws IOException {
    float[] covariance = new float[dimension * dimension];
    parallel.forRange(
        dimension,
        CHUNK,
        (from, to) -> {
          int height = to - from;
          float[] columns = new float[height * ROWS];
          float[] out = new float[height * dimension];
          for (int start = 0; start < count; start += ROWS) {
            int size = Math.min(ROWS, count - start);
            for (int i = 0; i < size; i++) {
              for (int d = from; d < to; d++) {
                columns[(d - from) * ROWS + i] = rows[(start + i) * dimension + d] / count;
              }
            }
            kernels.multiply(
                columns, 0, ROWS, height, size, rows, start * dimension, dimension, out);
            for (int i = 0; i < out.length; i++) {
              covariance[from * dimension + i] += out[i];
            }
          }
        });
    return covariance;
  }

  /** Rows times a symmetric matrix. */
  private static float[][] times(
      Kernels kernels, Parallel parallel, float[][] rows, float[] matrix, int dimension)
      throws IOException {
    float[][] result = new float[rows.length][];
    parallel.forRange(
        rows.length,
        CHUNK,
        (from, to) -> {
          float[] in = new float[(to - from) * dimension];
          for (int i = from; i < to; i++) {
            System.arraycopy(rows[i], 0, in, (i - from) * dimension, dimension);
          }
          float[] out = new float[in.length];
          kernels.multiply(in, 0, dimension, to - from, dimension, matrix, 0, dimension, out);
          for (int i = from; i < to; i++) {
            result[i] = new float[dimension];
            System.arraycopy(out, (i - from) * dimension, result[i], 0, dimension);
          }
        });
    return result;
  }

  /** Modified Gram-Schmidt, twice over for accuracy; vanished rows are replaced by random ones. */
  private static void orthonormalize(float[][] rows, SplittableRandom random) {
    for (int i = 0; i < rows.length; i++) {
      float[] row = rows[i];
      double before = Math.sqrt(dot(row, row));
      while (true) {
        for (int pass = 0; pass < 2; pass++) {
          for (int j = 0; j < i; j++) {
            subtractScaled(row, rows[j], dot(row, rows[j]));
          }
        }
        double length = Math.sqrt(dot(row, row));
        if (length > 1e-5 * before && length > 1e-30) {
          scale(row, (float) (1 / length));
          break;
        }
        randomize(row, random);
        before = Math.sqrt(dot(row, row));
      }
    }
  }

  private static PrincipalAxes rayleighRitz(
      Kernels kernels,
      Parallel parallel,
      float[][] basis,
      float[] covariance,
      int dimension,
      int wanted)
      throws IOException {
    int carried = basis.length;
    float[][] image = times(kernels, parallel, basis, covariance, dimension);
    double[][] small = new double[carried][carried];
    for (int i = 0; i < carried; i++) {
      for (int j = 0; j <= i; j++) {
        small[i][j] = dot(basis[i], image[j]);
        small[j][i] = small[i][j];
      }
    }
    double[][] vectors = jacobi(small);
    Integer[] order = new Integer[carried];
    for (int i = 0; i < carried; i++) {
      order[i] = i;
    }
    Arrays.sort(order, (a, b) -> Double.compare(small[b][b], small[a][a]));
    float[][] axes = new float[wanted][dimension];
    double[] variances = new double[wanted];
    for (int i = 0; i < wanted; i++) {
      int column = order[i];
      variances[i] = Math.max(0, small[column][column]);
      for (int j = 0; j < carried; j++) {
        subtractScaled(axes[i], basis[j], (float) -vectors[column][j]);
      }
    }
    return new PrincipalAxes(axes, variances);
  }

  /**
   * Cyclic Jacobi: turns a symmetric matrix diagonal in place.
   *
   * @return its eigenvectors as rows
   */
  private static double[][] jacobi(double[][] m) {
    int n = m.length;
    double[][] vectors = new double[n][n];
    for (int i = 0; i < n; i++) {
      vectors[i][i] = 1;
    }
    for (int sweep = 0; sweep < JACOBI_SWEEPS; sweep++) {
      boolean rotated = false;
      for (int p = 0; p < n; p++) {
        for (int q = p + 1; q < n; q++) {
          double off = m[p][q];
          if (Math.abs(off) <= 1e-5 * Math.sqrt(Math.abs(m[p][p] * m[q][q]))) {
            continue;
          }
          rotated = true;
          double theta = (m[q][q] - m[p][p]) / (2 * off);
          double t = Math.copySign(1, theta) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
          double cos = 1 / Math.sqrt(t * t + 1);
          double sin = t * cos;
          rotate(m[p], m[q], cos, sin);
          for (int i = 0; i < n; i++) {
            double mip = m[i][p];
            double miq = m[i][q];
            m[i][p] = cos * mip - sin * miq;
            m[i][q] = sin * mip + cos * miq;
          }
          rotate(vectors[p], vectors[q], cos, sin);
        }
      }
      if (!rotated) {
        break;
      }
    }
    return vectors;
  }

  private static void rotate(double[] a, double[] b, double cos, double sin) {
    for (int i = 0; i < a.length; i++) {
      double x = a[i];
      double y = b[i];
      a[i] = cos * x - sin * y;
      b[i] = sin * x + cos * y;
    }
  }

  /**
   * A dot product that is always summed in the same order. Lucene's changes in the last bits once
   * it is compiled, as the Vector API leaves the order of its sums open.
   */
  private static float dot(float[] a, float[] b) {
    double sum0 = 0;
    double sum1 = 0;
    double sum2 = 0;
    double sum3 = 0;
    int i = 0;
    for (; i + 4 <= a.length; i += 4) {
      sum0 += a[i] * b[i];
      sum1 += a[i + 1] * b[i + 1];
      sum2 += a[i + 2] * b[i + 2];
      sum3 += a[i + 3] * b[i + 3];
    }
    for (; i < a.length; i++) {
      sum0 += a[i] * b[i];
    }
    return (float) (sum0 + sum1 + (sum2 + sum3));
  }

  private static void subtractScaled(float[] row, float[] other, float factor) {
    for (int d = 0; d < row.length; d++) {
      row[d] -= factor * other[d];
    }
  }

  private static void scale(float[] row, float factor) {
    for (int d = 0; d < row.length; d++) {
      row[d] *= factor;
    }
  }

  private static void randomize(float[] row, SplittableRandom random) {
    for (int d = 0; d < row.length; d++) {
      row[d] = (float) random.nextGaussian();
    }
  }
}
