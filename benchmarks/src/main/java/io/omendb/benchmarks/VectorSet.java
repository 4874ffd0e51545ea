/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.benchmarks;

import io.omendb.lucene.quantize.UnitLength;
import java.util.Map;

/**
 * Vectors compared by cosine, with held-out queries.
 *
 * @param truth row numbers of the true neighbours of each query, best first
 * @param baseColumns texts and metadata: values by row number under the name of their column
 * @param queryColumns the same for queries
 */
record VectorSet(
    String name,
    float[][] base,
    float[][] queries,
    int[][] truth,
    Map<String, String[]> baseColumns,
    Map<String, String[]> queryColumns) {

  int dimension() {
    return base[0].length;
  }

  /** Vectors scaled to unit length, so that dot products are cosines; shares those that are. */
  static float[][] unitLength(float[][] vectors) {
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
  static int[] sample(int all, int wanted) {
    int[] sample = new int[Math.min(all, wanted)];
    for (int i = 0; i < sample.length; i++) {
      sample[i] = (int) ((long) i * all / sample.length);
    }
    return sample;
  }

  /** The chosen ones of some vectors. */
  static float[][] choose(float[][] vectors, int[] numbers) {
    float[][] chosen = new float[numbers.length][];
    for (int i = 0; i < numbers.length; i++) {
      chosen[i] = vectors[numbers[i]];
    }
    return chosen;
  }
}
