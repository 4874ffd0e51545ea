/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.omendb.lucene.quantize.ArrayVectors;
import io.omendb.lucene.quantize.CodeBuffer;
import io.omendb.lucene.quantize.Codebook;
import io.omendb.lucene.quantize.Decoder;
import io.omendb.lucene.quantize.Metric;
import io.omendb.lucene.quantize.UnitLength;
import io.omendb.lucene.simd.Kernels;
import java.io.IOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TestQueryTable {
  private static final int COUNT = 3000;
  private static final int DIMENSION = 48;
  private static final int NEAREST = 100;

  private final ArrayVectors vectors = unit(ArrayVectors.clustered(COUNT, DIMENSION, 20, .6, 1));
  private final Codebook codebook = vectors.train();
  private final Decoder decoder = new Decoder(codebook);
  private final CodeBuffer codes = vectors.encode(codebook);
  private final QueryTable table = new QueryTable(Kernels.best(), codebook);

  TestQueryTable() throws IOException {}

  private static ArrayVectors unit(ArrayVectors vectors) {
    for (int at = 0; at < vectors.rows().length; at += vectors.dimension()) {
      UnitLength.scale(vectors.rows(), at, vectors.dimension());
    }
    return vectors;
  }

  private static double dot(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (double) a[i] * b[i];
    }
    return sum;
  }

  /** What a code stands for, all dimensions, rotated, with the rotated mean. */
  private float[] decoded(int ord) {
    float[] decoded = new float[codebook.axes()];
    decoder.decode(codes.page(ord), codes.offset(ord), decoded, 0);
    float[] mean = rotated(codebook.mean());
    for (int axis = 0; axis < decoded.length; axis++) {
      decoded[axis] += mean[axis];
    }
    return decoded;
  }

  private float[] rotated(float[] vector) {
    float[] rotated = new float[codebook.axes()];
    codebook.rotate(Kernels.best(), vector, rotated);
    return rotated;
  }

  private int sum(int ord) {
    return sum(table, codes, ord);
  }

  private static int sum(QueryTable table, CodeBuffer codes, int ord) {
    int sum = 0;
    for (int s = 0; s < codes.codeLength(); s++) {
      int code = codes.page(ord)[codes.offset(ord) + s] & 0xFF;
      sum += table.table()[s * Kernels.CENTROIDS + code] & 0xFF;
    }
    return sum;
  }

  /** Differences of sums are those of costs but for half a step in each subspace of both. */
  private void check(Metric metric, boolean unitVectors, double weight, double dotWeight) {
    for (int q = 0; q < 20; q++) {
      float[] query = ArrayVectors.gaussian(1, DIMENSION, 100 + q).rows();
      UnitLength.scale(query, 0, DIMENSION);
      table.prepare(query, metric, unitVectors);
      float[] turned = rotated(query);
      double[] costs = new double[COUNT];
      for (int ord = 0; ord < COUNT; ord++) {
        float[] decoded = decoded(ord);
        costs[ord] = weight * dot(decoded, decoded) - dotWeight * dot(turned, decoded);
      }
      List<Integer> nearest =
          IntStream.range(0, COUNT)
              .boxed()
              .sorted(Comparator.comparingDouble(ord -> costs[ord]))
              .limit(NEAREST)
              .toList();
      int first = nearest.get(0);
      for (int ord : nearest) {
        float expected = table.steps(costs[ord] - costs[first]);
        assertEquals(
            expected, sum(ord) - sum(first), codebook.subspaces() + 2.0, metric + ", query " + q);
      }
    }
  }

  @Test
  void testUnitVectors() {
    check(Metric.SQUARED_DISTANCE, true, 0.6, 2);
  }

  @Test
  void testDistances() {
    check(Metric.SQUARED_DISTANCE, false, 1, 2);
  }

  @Test
  void testDotProducts() {
    check(Metric.DOT_PRODUCT, false, 0, 1);
  }

  /** The scatter follows the distance of what is searched, and the same query is not made twice. */
  @Test
  void testScatterAndReuse() {
    float[] query = Arrays.copyOf(vectors.rows(), DIMENSION);
    for (boolean unitVectors : new boolean[] {true, false}) {
      table.prepare(query, Metric.SQUARED_DISTANCE, unitVectors);
      int near = sum(0);
      assertTrue(table.scatter(near) > 0 && table.scatter(near) < table.scatter(near + 1000));
      byte[] before = table.table().clone();
      table.prepare(query, Metric.SQUARED_DISTANCE, unitVectors);
      assertEquals(-1, Arrays.mismatch(before, table.table()));
    }
    assertTrue(table.isOf(query));
    table.prepare(
        Arrays.copyOfRange(vectors.rows(), DIMENSION, 2 * DIMENSION), Metric.DOT_PRODUCT, false);
    assertTrue(!table.isOf(query));
  }

  /** Clusters so narrow that the first table tells nothing of what lies in one of them. */
  @Test
  void testZoom() throws IOException {
    ArrayVectors narrow = ArrayVectors.clustered(COUNT, DIMENSION, 10, .005, 2);
    Codebook book = narrow.train();
    CodeBuffer coded = narrow.encode(book);
    QueryTable zoomed = new QueryTable(Kernels.best(), book);
    float[] query = Arrays.copyOf(narrow.rows(), DIMENSION);
    int[] nearest =
        IntStream.range(0, COUNT)
            .boxed()
            .sorted(Comparator.comparingDouble(ord -> distance(narrow, ord)))
            .limit(NEAREST)
            .mapToInt(ord -> ord)
            .toArray();
    zoomed.prepare(query, Metric.SQUARED_DISTANCE, false);
    byte[] first = zoomed.table().clone();
    int tenth = sum(zoomed, coded, nearest[9]);
    assertEquals(tenth, sum(zoomed, coded, nearest[NEAREST - 1]), 1);
    int zooms = 0;
    while (zoomed.zoom(tenth, 2)) {
      zooms++;
      tenth = sum(zoomed, coded, nearest[9]);
    }
    assertTrue(zooms > 0);
    // Distances of the tenth and the last are to each other as their sums are, about.
    double ratio = distance(narrow, nearest[NEAREST - 1]) / distance(narrow, nearest[9]);
    assertEquals(ratio, (double) sum(zoomed, coded, nearest[NEAREST - 1]) / tenth, 0.3 * ratio);
    zoomed.prepare(query, Metric.SQUARED_DISTANCE, false);
    assertEquals(-1, Arrays.mismatch(first, zoomed.table()));
  }

  private static double distance(ArrayVectors vectors, int ord) {
    return ArrayVectors.squaredDistance(
        vectors.rows(), 0, vectors.rows(), ord * DIMENSION, DIMENSION);
  }

  /** Ordinary vectors are told apart at once. */
  @Test
  void testNoZoom() {
    for (Metric metric : Metric.values()) {
      table.prepare(Arrays.copyOf(vectors.rows(), DIMENSION), metric, false);
      int tenth = IntStream.range(0, COUNT).map(this::sum).sorted().skip(9).findFirst().getAsInt();
      assertFalse(table.zoom(tenth, 2), metric.name());
    }
  }

  /** A codebook of an enemy may have a noise that is no number, or that no step satisfies. */
  @Test
  void testNoiseOfDamagedCodebook() {
    for (float noise : new float[] {Float.NaN, Float.POSITIVE_INFINITY, -1}) {
      Codebook damaged =
          new Codebook(
              codebook.mean(),
              codebook.rotation(),
              codebook.offsets(),
              codebook.centroids(),
              COUNT,
              1,
              noise);
      QueryTable told = new QueryTable(Kernels.best(), damaged);
      told.prepare(Arrays.copyOf(vectors.rows(), DIMENSION), Metric.SQUARED_DISTANCE, false);
      assertFalse(told.zoom(5000, 2), "noise " + noise);
    }
  }
}
