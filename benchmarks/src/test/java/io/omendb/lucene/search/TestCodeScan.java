/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene.search;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.omendb.benchmarks.CodedVectors;
import io.omendb.benchmarks.GeneratedSet;
import io.omendb.lucene.quantize.Codebook;
import io.omendb.lucene.quantize.Decoder;
import io.omendb.lucene.quantize.Metric;
import io.omendb.lucene.simd.Kernels;
import java.io.IOException;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.apache.lucene.util.VectorUtil;
import org.junit.jupiter.api.Test;

class TestCodeScan {
  private static final int COUNT = 1030;
  private static final int WANTED = 70;

  private final GeneratedSet generated = new GeneratedSet(COUNT, 10, 48, 6);
  private final CodedVectors coded = CodedVectors.of(generated.unitBase());
  private final CodeScan.Scanner scanner = new CodeScan(coded).scanner();

  TestCodeScan() throws IOException {}

  @Test
  void testByFloatsOrdersByCostOfDecoded() {
    float weight = 0.7f;
    Codebook codebook = coded.codebook();
    Decoder decoder = new Decoder(codebook);
    float[] rotated = new float[codebook.axes()];
    float[] decoded = new float[codebook.axes()];
    for (float[] query : generated.unitQueries()) {
      float[] centred = query.clone();
      codebook.centre(centred, 1, weight);
      codebook.rotate(Kernels.best(), centred, rotated);
      float[] costs = new float[COUNT];
      for (int ord = 0; ord < COUNT; ord++) {
        decoder.decode(coded.codes().page(ord), coded.codes().offset(ord), decoded, 0);
        costs[ord] =
            weight * VectorUtil.dotProduct(decoded, decoded)
                - 2 * VectorUtil.dotProduct(rotated, decoded);
      }
      float[] sorted = costs.clone();
      Arrays.sort(sorted);
      int[] found = scanner.byFloats(query, WANTED, weight);
      assertEquals(WANTED, found.length);
      for (int i = 0; i < WANTED; i++) {
        assertEquals(sorted[i], costs[found[i]], 1e-5f);
      }
    }
  }

  @Test
  void testByTableOrdersBySums() {
    QueryTable table = new QueryTable(Kernels.best(), coded.codebook());
    for (float[] query : generated.unitQueries()) {
      table.prepare(query, Metric.SQUARED_DISTANCE, true);
      int[] costs = IntStream.range(0, COUNT).map(ord -> cost(table, ord)).toArray();
      int[] expected = IntStream.of(costs).sorted().limit(WANTED).toArray();
      int[] found = scanner.byTable(query, WANTED);
      assertArrayEquals(expected, IntStream.of(found).map(ord -> costs[ord]).toArray());
      assertEquals(COUNT, scanner.byTable(query, 2 * COUNT).length);
    }
  }

  private int cost(QueryTable table, int ord) {
    return CodeLayout.cost(
        table.table(),
        coded.codes().page(ord),
        coded.codes().offset(ord),
        coded.codes().codeLength());
  }
}
