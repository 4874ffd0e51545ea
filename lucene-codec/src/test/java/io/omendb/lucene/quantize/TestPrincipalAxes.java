/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene.quantize;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.omendb.lucene.simd.Kernels;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TestPrincipalAxes {

  private static PrincipalAxes of(ArrayVectors vectors, int wanted) throws IOException {
    return of(vectors, wanted, Parallel.SEQUENTIAL);
  }

  private static PrincipalAxes of(ArrayVectors vectors, int wanted, Parallel parallel)
      throws IOException {
    return PrincipalAxes.of(
        Kernels.best(), parallel, vectors.rows(), vectors.size(), vectors.dimension(), wanted);
  }

  private static double dot(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (double) a[i] * b[i];
    }
    return sum;
  }

  private static void assertOrthonormal(PrincipalAxes axes, int wanted) {
    assertEquals(wanted, axes.axes().length);
    assertEquals(wanted, axes.variances().length);
    for (int i = 0; i < wanted; i++) {
      for (int j = 0; j <= i; j++) {
        double expected = i == j ? 1 : 0;
        assertEquals(expected, dot(axes.axes()[i], axes.axes()[j]), 1e-4, i + "," + j);
      }
      double before = i == 0 ? Double.POSITIVE_INFINITY : axes.variances()[i - 1];
      assertTrue(axes.variances()[i] <= before && axes.variances()[i] >= 0, "variance " + i);
    }
  }

  private static double mean(ArrayVectors vectors, int dimension) {
    double sum = 0;
    for (int i = dimension; i < vectors.rows().length; i += vectors.dimension()) {
      sum += vectors.rows()[i];
    }
    return sum / vectors.size();
  }

  private static ArrayVectors centred(ArrayVectors vectors) {
    for (int d = 0; d < vectors.dimension(); d++) {
      double mean = mean(vectors, d);
      for (int i = d; i < vectors.rows().length; i += vectors.dimension()) {
        vectors.rows()[i] -= (float) mean;
      }
    }
    return vectors;
  }

  private static double variance(ArrayVectors vectors, int dimension) {
    double sum = 0;
    for (int i = dimension; i < vectors.rows().length; i += vectors.dimension()) {
      sum += (double) vectors.rows()[i] * vectors.rows()[i];
    }
    return sum / vectors.size();
  }

  /** Among them samples smaller than the dimension, and dimensions whose last axes are dropped. */
  @ParameterizedTest
  @CsvSource({
    "1, 1, 1",
    "7, 1, 1",
    "1, 5, 5",
    "500, 20, 20",
    "10, 40, 40",
    "20, 90, 40",
    "60, 300, 256"
  })
  void testOrthonormal(int count, int dimension, int wanted) throws IOException {
    assertOrthonormal(of(centred(ArrayVectors.gaussian(count, dimension, 1)), wanted), wanted);
  }

  @ParameterizedTest
  @CsvSource({"100, 8, 8, 0", "100, 8, 8, 2.5", "100, 90, 40, 0", "100, 90, 40, 1e-15"})
  void testConstantData(int count, int dimension, int wanted, float value) throws IOException {
    assertOrthonormal(of(ArrayVectors.constant(count, dimension, value), wanted), wanted);
  }

  /** Fewer rows than half the dimensions, for which no covariance matrix is made. */
  @Test
  void testFewRows() throws IOException {
    ArrayVectors vectors = centred(ArrayVectors.decaying(20, 90, 0.95, 1));
    PrincipalAxes axes = of(vectors, 40);
    double total = 0;
    double told = 0;
    for (int d = 0; d < 90; d++) {
      total += variance(vectors, d);
    }
    for (int i = 0; i < 40; i++) {
      double variance = 0;
      for (int row = 0; row < 20; row++) {
        float[] values = Arrays.copyOfRange(vectors.rows(), row * 90, (row + 1) * 90);
        variance += Math.pow(dot(axes.axes()[i], values), 2) / 20;
      }
      assertEquals(variance, axes.variances()[i], 1e-3 * total, "axis " + i);
      told += axes.variances()[i];
    }
    // Twenty centred rows span less than forty axes.
    assertEquals(total, told, 1e-3 * total);
  }

  @Test
  void testKnownCovariance() throws IOException {
    double[] deviations = {8, 4, 2, 1, 0.5, 0.25};
    int dimension = deviations.length;
    PrincipalAxes turn = of(centred(ArrayVectors.gaussian(100, dimension, 2)), dimension);
    ArrayVectors independent = ArrayVectors.gaussian(20_000, dimension, 3);
    float[] rows = new float[independent.rows().length];
    for (int i = 0; i < rows.length; i++) {
      int first = i - i % dimension;
      for (int axis = 0; axis < dimension; axis++) {
        rows[i] +=
            (float)
                (deviations[axis]
                    * independent.rows()[first + axis]
                    * turn.axes()[axis][i % dimension]);
      }
    }
    PrincipalAxes found = of(centred(new ArrayVectors(rows, dimension)), dimension);
    for (int axis = 0; axis < dimension; axis++) {
      double variance = deviations[axis] * deviations[axis];
      assertEquals(variance, found.variances()[axis], 0.05 * variance);
      assertEquals(1, Math.abs(dot(turn.axes()[axis], found.axes()[axis])), 1e-3);
    }
  }

  /** The variances reported are those of the sample along the axes, and add up to all of it. */
  @Test
  void testVariancesAreThoseOfTheSample() throws IOException {
    int dimension = 24;
    ArrayVectors vectors = centred(ArrayVectors.decaying(700, dimension, 0.8, 4));
    PrincipalAxes found = of(vectors, dimension);
    double total = 0;
    double along = 0;
    for (int axis = 0; axis < dimension; axis++) {
      total += variance(vectors, axis);
      along += found.variances()[axis];
      double sum = 0;
      for (int ord = 0; ord < vectors.size(); ord++) {
        float[] row = new float[dimension];
        vectors.read(ord, row, 0);
        double projection = dot(row, found.axes()[axis]);
        sum += projection * projection;
      }
      assertEquals(sum / vectors.size(), found.variances()[axis], 1e-3 * found.variances()[axis]);
    }
    assertEquals(total, along, 1e-4 * total);
  }

  /** Where axes are dropped, those kept hold no less than the best components would. */
  @Test
  void testStrongestAxesAreKept() throws IOException {
    int dimension = 120;
    int wanted = 80;
    ArrayVectors vectors = centred(ArrayVectors.decaying(600, dimension, 0.98, 5));
    PrincipalAxes found = of(vectors, wanted);
    double all = 0;
    double firstComponents = 0;
    double kept = 0;
    for (int axis = 0; axis < dimension; axis++) {
      all += variance(vectors, axis);
      firstComponents += axis < wanted ? variance(vectors, axis) : 0;
      kept += axis < wanted ? found.variances()[axis] : 0;
    }
    assertTrue(kept > firstComponents && kept <= all * 1.001, firstComponents + " " + kept);
    // Ten strong components far above the rest are found as they are.
    ArrayVectors strong = centred(ArrayVectors.gaussian(600, dimension, 6));
    for (int i = 0; i < strong.rows().length; i++) {
      strong.rows()[i] *= i % dimension < 10 ? 100 : 1;
    }
    PrincipalAxes ten = of(strong, wanted);
    for (int axis = 0; axis < 10; axis++) {
      double inside = 0;
      for (int d = 0; d < 10; d++) {
        inside += ten.axes()[axis][d] * ten.axes()[axis][d];
      }
      assertEquals(1, inside, 1e-2);
    }
  }

  /**
   * Neither do the number of threads or what the JVM has compiled matter: sums that depend on it,
   * as those of the Vector API may, would show here.
   */
  @Test
  void testSameSampleSameAxes() throws IOException {
    ArrayVectors vectors = centred(ArrayVectors.gaussian(100, 150, 7));
    PrincipalAxes sequential = of(vectors, 70);
    for (int i = 0; i < 5; i++) {
      PrincipalAxes threaded = Threads.three(parallel -> of(vectors, 70, parallel));
      assertArrayEquals(sequential.axes(), threaded.axes());
      assertArrayEquals(sequential.variances(), threaded.variances());
    }
  }
}
