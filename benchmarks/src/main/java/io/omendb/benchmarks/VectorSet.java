/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.benchmarks;

import io.omendb.lucene.quantize.UnitLength;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Vectors compared by cosine, with held-out queries.
 *
 * @param truth row numbers of the true neighbours of each query, best first; null if not known
 * @param baseColumns texts and metadata: values by row number under the name of their column
 * @param queryColumns the same for queries
 */
public record VectorSet(
    String name,
    float[][] base,
    float[][] queries,
    int[][] truth,
    Map<String, String[]> baseColumns,
    Map<String, String[]> queryColumns) {

  public int dimension() {
    return base[0].length;
  }

  /** The same set with other truth. */
  VectorSet withTruth(int[][] other) {
    return new VectorSet(name, base, queries, other, baseColumns, queryColumns);
  }

  /** The first vectors of this set, without truth. */
  VectorSet first(int count) {
    Map<String, String[]> columns = new LinkedHashMap<>();
    baseColumns.forEach((column, values) -> columns.put(column, Arrays.copyOf(values, count)));
    float[][] vectors = Arrays.copyOf(base, count);
    return new VectorSet(name, vectors, queries, null, columns, queryColumns);
  }

  /** Vectors scaled to unit length, so that dot products are cosines; shares those that are. */
  public static float[][] unitLength(float[][] vectors) {
    float[][] unit = new float[vectors.length][];
    for (int i = 0; i < vectors.length; i++) {
      unit[i] = vectors[i];
      if (!UnitLength.is(unit[i], 0, unit[i].length)) {
        unit[i] = unit[i].clone();
        UnitLength.scale(unit[i], 0, unit[i].length);
      }
    }
    return unit;
  }

  /** Numbers of {@code wanted} of all queries, evenly spaced. */
  public static int[] sample(int all, int wanted) {
    int[] sample = new int[Math.min(all, wanted)];
    for (int i = 0; i < sample.length; i++) {
      sample[i] = (int) ((long) i * all / sample.length);
    }
    return sample;
  }

  /** The chosen ones of some vectors. */
  public static float[][] choose(float[][] vectors, int[] numbers) {
    float[][] chosen = new float[numbers.length][];
    for (int i = 0; i < numbers.length; i++) {
      chosen[i] = vectors[numbers[i]];
    }
    return chosen;
  }
}
