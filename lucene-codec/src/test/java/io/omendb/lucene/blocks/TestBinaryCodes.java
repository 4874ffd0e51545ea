/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene.blocks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.omendb.lucene.quantize.ArrayVectors;
import io.omendb.lucene.quantize.Metric;
import java.util.Arrays;
import java.util.Comparator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class TestBinaryCodes {
  private static final int COUNT = 500;
  private static final int QUERIES = 50;

  private static float[] row(ArrayVectors vectors, int ord) {
    float[] row = new float[vectors.dimension()];
    vectors.read(ord, row, 0);
    return row;
  }

  private static double dot(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (double) a[i] * b[i];
    }
    return sum;
  }

  /** What costs would be if there were no error: distance or negated dot product. */
  private static double exact(Metric metric, float[] query, float[] representative) {
    return metric == Metric.SQUARED_DISTANCE
        ? ArrayVectors.squaredDistance(query, 0, representative, 0, query.length)
        : -dot(query, representative);
  }

  private static float[] mean(ArrayVectors vectors) {
    float[] mean = new float[vectors.dimension()];
    for (int i = 0; i < vectors.rows().length; i++) {
      mean[i % mean.length] += vectors.rows()[i] / vectors.size();
    }
    return mean;
  }

  /** The constant of a query that costs leave out. */
  private static double omitted(Metric metric, float[] query, float[] mean) {
    return metric == Metric.SQUARED_DISTANCE
        ? ArrayVectors.squaredDistance(query, 0, mean, 0, query.length)
        : -dot(query, mean);
  }

  @ParameterizedTest
  @CsvSource({
    "SQUARED_DISTANCE, 64", "SQUARED_DISTANCE, 100", "SQUARED_DISTANCE, 256",
    "DOT_PRODUCT, 64", "DOT_PRODUCT, 100", "DOT_PRODUCT, 256"
  })
  void testEstimatesAreUnbiased(Metric metric, int axes) {
    ArrayVectors representatives = shifted(ArrayVectors.gaussian(COUNT, axes, 1));
    ArrayVectors queries = shifted(ArrayVectors.gaussian(QUERIES, axes, 2));
    BinaryCodes codes = BinaryCodes.of(representatives.rows(), axes);
    float[] mean = mean(representatives);
    double errors = 0;
    double squares = 0;
    double expectedSquares = 0;
    for (int q = 0; q < QUERIES; q++) {
      float[] query = row(queries, q);
      BinaryCodes.Query estimates = codes.query(query, metric);
      for (int r = 0; r < COUNT; r++) {
        float[] representative = row(representatives, r);
        double exact = exact(metric, query, representative);
        double error = estimates.cost(r) + omitted(metric, query, mean) - exact;
        errors += error / (QUERIES * COUNT);
        squares += error * error / (QUERIES * COUNT);
        double deviation = expectedDeviation(metric, query, representative, mean);
        expectedSquares += deviation * deviation / (QUERIES * COUNT);
      }
    }
    double deviation = Math.sqrt(squares);
    double expected = Math.sqrt(expectedSquares);
    assertTrue(Math.abs(errors) < 0.1 * expected, errors + ", deviation " + expected);
    assertTrue(deviation < 1.2 * expected, deviation + ", expected " + expected);
  }

  /** By the paper, for signs that lie 0.8 along the vector: 0.75 = sqrt(1 - 0.8^2) / 0.8. */
  private static double expectedDeviation(
      Metric metric, float[] query, float[] representative, float[] mean) {
    boolean distance = metric == Metric.SQUARED_DISTANCE;
    int axes = query.length;
    float[] origin = distance ? mean : new float[axes];
    double o = Math.sqrt(ArrayVectors.squaredDistance(representative, 0, mean, 0, axes));
    double p = Math.sqrt(ArrayVectors.squaredDistance(query, 0, origin, 0, axes));
    return (distance ? 2 : 1) * 0.75 * o * p / Math.sqrt(axes);
  }

  /** Near the query, an estimate that shrinks dot products would show as a bias. */
  @ParameterizedTest
  @EnumSource(Metric.class)
  void testEstimatesOfNearRepresentativesAreUnbiased(Metric metric) {
    int axes = 128;
    ArrayVectors representatives = ArrayVectors.gaussian(COUNT, axes, 5);
    BinaryCodes codes = BinaryCodes.of(representatives.rows(), axes);
    float[] mean = mean(representatives);
    double errors = 0;
    for (int r = 0; r < COUNT; r++) {
      float[] query = row(representatives, r);
      double cost = codes.query(query, metric).cost(r);
      errors += cost + omitted(metric, query, mean) - exact(metric, query, query);
    }
    // Lengths are about axes; a dot product told a tenth too short would be 0.1 * axes.
    assertEquals(0, errors / COUNT, 0.02 * axes);
  }

  /** Away from the origin, so that forgetting the centre shows. */
  private static ArrayVectors shifted(ArrayVectors vectors) {
    for (int i = 0; i < vectors.rows().length; i++) {
      vectors.rows()[i] += i % vectors.dimension() % 3 * 5f;
    }
    return vectors;
  }

  @ParameterizedTest
  @EnumSource(Metric.class)
  void testNearestAreAmongTheBest(Metric metric) {
    int axes = 100;
    ArrayVectors representatives = ArrayVectors.decaying(COUNT, axes, 0.97, 3);
    ArrayVectors queries = ArrayVectors.decaying(QUERIES, axes, 0.97, 4);
    BinaryCodes codes = BinaryCodes.of(representatives.rows(), axes);
    int found = 0;
    for (int q = 0; q < QUERIES; q++) {
      float[] query = row(queries, q);
      BinaryCodes.Query estimates = codes.query(query, metric);
      Integer[] byBits = ranked(Comparator.comparingDouble(r -> estimates.cost(r)));
      Integer[] exact =
          ranked(Comparator.comparingDouble(r -> exact(metric, query, row(representatives, r))));
      if (Arrays.asList(byBits).subList(0, 100).containsAll(Arrays.asList(exact).subList(0, 10))) {
        found++;
      }
    }
    assertTrue(found >= 0.8 * QUERIES, found + " of " + QUERIES);
  }

  private static Integer[] ranked(Comparator<Integer> order) {
    Integer[] ranked = new Integer[COUNT];
    Arrays.setAll(ranked, r -> r);
    Arrays.sort(ranked, order);
    return ranked;
  }

  @ParameterizedTest
  @EnumSource(Metric.class)
  void testIdenticalAndZeroVectors(Metric metric) {
    for (float value : new float[] {0, 2}) {
      float[] representatives = new float[3 * 40];
      Arrays.fill(representatives, value);
      BinaryCodes codes = BinaryCodes.of(representatives, 40);
      for (float component : new float[] {0, 1}) {
        float[] query = new float[40];
        Arrays.fill(query, component);
        BinaryCodes.Query estimates = codes.query(query, metric);
        assertEquals(0, estimates.cost(0), 1e-4);
        assertEquals(estimates.cost(0), estimates.cost(2));
      }
    }
  }

  @Test
  void testSizes() {
    assertEquals(1, BinaryCodes.words(1));
    assertEquals(1, BinaryCodes.words(64));
    assertEquals(2, BinaryCodes.words(65));
    assertEquals(4, BinaryCodes.words(256));
    BinaryCodes codes = BinaryCodes.of(new float[7 * 100], 100);
    assertEquals(7, codes.count());
    assertEquals(7 * 2, codes.bits().length);
    assertEquals(7, codes.squaredNorms().length);
    assertEquals(128, codes.centre().length);
    assertEquals(2 * 8 + 2 * 4, BinaryCodes.bytesPerRepresentative(100));
  }
}
