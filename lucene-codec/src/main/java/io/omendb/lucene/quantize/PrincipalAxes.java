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
    Covariance covariance =
        2 * count < dimension
            ? ofFewRows(kernels, parallel, rows, count, dimension)
            : ofManyRows(kernels, parallel, rows, count, dimension);
    int carried = Math.min(dimension, wanted + GUARD_AXES);
    SplittableRandom random = new SplittableRandom(dimension);
    float[] basis = new float[carried * dimension];
    for (int i = 0; i < carried; i++) {
      if (carried == dimension) {
        basis[i * dimension + i] = 1;
      } else {
        Orthonormal.randomize(basis, i * dimension, dimension, random);
      }
    }
    if (carried < dimension) {
      Orthonormal.of(kernels, basis, dimension, random);
      for (int i = 0; i < ITERATIONS; i++) {
        basis = covariance.times(basis);
        Orthonormal.of(kernels, basis, dimension, random);
      }
    }
    return rayleighRitz(kernels, basis, covariance.times(basis), dimension, wanted);
  }

  /** The covariance matrix, as far as anyone needs it. */
  private interface Covariance {
    /** Rows times the matrix. */
    float[] times(float[] rows) throws IOException;
  }

  private static Covariance ofManyRows(
      Kernels kernels, Parallel parallel, float[] rows, int count, int dimension)
      throws IOException {
    float[] matrix = covariance(kernels, parallel, rows, count, dimension);
    return basis -> times(kernels, parallel, basis, dimension, matrix, dimension);
  }

  /** Of few rows the matrix is never made: two products with them take less time and memory. */
  private static Covariance ofFewRows(
      Kernels kernels, Parallel parallel, float[] rows, int count, int dimension) {
    float[] columns = new float[dimension * count];
    for (int row = 0; row < count; row++) {
      for (int d = 0; d < dimension; d++) {
        columns[d * count + row] = rows[row * dimension + d] / count;
      }
    }
    return basis -> {
      float[] projected = times(kernels, parallel, basis, dimension, columns, count);
      return times(kernels, parallel, projected, count, rows, dimension);
    };
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
          // The matrix is symmetric: what lies left of the diagonal is copied below.
          int width = dimension - from;
          float[] columns = new float[height * ROWS];
          float[] right = new float[ROWS * width];
          float[] out = new float[height * width];
          for (int start = 0; start < count; start += ROWS) {
            int size = Math.min(ROWS, count - start);
            for (int i = 0; i < size; i++) {
              int row = (start + i) * dimension;
              for (int d = from; d < to; d++) {
                columns[(d - from) * ROWS + i] = rows[row + d] / count;
              }
              System.arraycopy(rows, row + from, right, i * width, width);
            }
            kernels.multiply(columns, 0, ROWS, height, size, right, 0, width, out);
            for (int i = 0; i < height; i++) {
              int at = (from + i) * dimension + from;
              for (int j = 0; j < width; j++) {
                covariance[at + j] += out[i * width + j];
              }
            }
          }
        });
    for (int i = 0; i < dimension; i++) {
      for (int j = 0; j < i; j++) {
        covariance[i * dimension + j] = covariance[j * dimension + i];
      }
    }
    return covariance;
  }

  /** Rows of some length times a matrix of some width. */
  private static float[] times(
      Kernels kernels, Parallel parallel, float[] rows, int length, float[] matrix, int width)
      throws IOException {
    int count = rows.length / length;
    float[] result = new float[count * width];
    parallel.forRange(
        count,
        CHUNK,
        (from, to) -> {
          float[] out = new float[(to - from) * width];
          kernels.multiply(rows, from * length, length, to - from, length, matrix, 0, width, out);
          System.arraycopy(out, 0, result, from * width, out.length);
        });
    return result;
  }

  private static PrincipalAxes rayleighRitz(
      Kernels kernels, float[] basis, float[] image, int dimension, int wanted) {
    int carried = basis.length / dimension;
    double[][] small = new double[carried][carried];
    for (int i = 0; i < carried; i++) {
      for (int j = 0; j <= i; j++) {
        small[i][j] = Orthonormal.dot(basis, i * dimension, image, j * dimension, dimension);
        small[j][i] = small[i][j];
      }
    }
    double[][] vectors = jacobi(small);
    Integer[] order = new Integer[carried];
    for (int i = 0; i < carried; i++) {
      order[i] = i;
    }
    Arrays.sort(order, (a, b) -> Double.compare(small[b][b], small[a][a]));
    float[] turn = new float[wanted * carried];
    double[] variances = new double[wanted];
    for (int i = 0; i < wanted; i++) {
      int column = order[i];
      variances[i] = Math.max(0, small[column][column]);
      for (int j = 0; j < carried; j++) {
        turn[i * carried + j] = (float) vectors[column][j];
      }
    }
    float[] turned = new float[wanted * dimension];
    kernels.multiply(turn, 0, carried, wanted, carried, basis, 0, dimension, turned);
    float[][] axes = new float[wanted][];
    for (int i = 0; i < wanted; i++) {
      axes[i] = Arrays.copyOfRange(turned, i * dimension, (i + 1) * dimension);
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
}
