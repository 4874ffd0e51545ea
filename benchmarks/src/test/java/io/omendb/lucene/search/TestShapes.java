/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.omendb.benchmarks.CodedVectors;
import io.omendb.benchmarks.GeneratedSet;
import io.omendb.benchmarks.Shape;
import io.omendb.lucene.quantize.Metric;
import io.omendb.lucene.simd.Kernels;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.FixedBitSet;
import org.junit.jupiter.api.Test;

class TestShapes {
  private static final int COUNT = 3000;
  private static final int SHORTLIST = 60;
  private static final int MAX_CONN = 16;
  private static final int BEAM_WIDTH = 100;

  private final GeneratedSet generated = new GeneratedSet(COUNT, 30, 48, 4);
  private final float[][] queries = generated.unitQueries();
  private final CodedVectors coded = CodedVectors.of(generated.unitBase());

  TestShapes() throws IOException {}

  @Test
  void testWidestSearchFindsBestCodes() throws IOException {
    List<Shape> shapes = new ArrayList<>();
    shapes.add(new BlockShape(coded, MAX_CONN, BEAM_WIDTH, Integer.MAX_VALUE));
    shapes.add(new BlockShape(coded, MAX_CONN, BEAM_WIDTH, 1));
    shapes.add(new PointShape(coded, MAX_CONN, BEAM_WIDTH));
    FixedBitSet thirds = new FixedBitSet(COUNT);
    for (int ord = 0; ord < COUNT; ord += 3) {
      thirds.set(ord);
    }
    for (Shape shape : shapes) {
      assertFindsBestCodes(shape, null);
      assertFindsBestCodes(shape, thirds);
    }
  }

  private void assertFindsBestCodes(Shape shape, Bits accepted) {
    QueryTable table = new QueryTable(Kernels.best(), coded.codebook());
    int[] shortlist = new int[SHORTLIST];
    for (float[] query : queries) {
      table.prepare(query, Metric.SQUARED_DISTANCE, true);
      assertEquals(SHORTLIST, shape.search(query, accepted, COUNT, shortlist));
      int[] found = Arrays.stream(shortlist).map(ord -> cost(table, ord)).sorted().toArray();
      assertEquals(SHORTLIST, Arrays.stream(shortlist).distinct().count());
      int[] best = new int[COUNT];
      Arrays.fill(best, Integer.MAX_VALUE);
      for (int ord = 0; ord < COUNT; ord++) {
        if (accepted == null || accepted.get(ord)) {
          best[ord] = cost(table, ord);
        }
      }
      Arrays.sort(best);
      assertEquals(
          Arrays.toString(Arrays.copyOf(best, SHORTLIST)), Arrays.toString(found), shape.name());
    }
  }

  private int cost(QueryTable table, int ord) {
    int subspaces = coded.codebook().subspaces();
    return CodeLayout.cost(
        table.table(), coded.codes().page(ord), coded.codes().offset(ord), subspaces);
  }

  @Test
  void testNarrowSearchScoresFewer() throws IOException {
    BlockShape blocks = new BlockShape(coded, MAX_CONN, BEAM_WIDTH, 1);
    PointShape points = new PointShape(coded, MAX_CONN, BEAM_WIDTH);
    assertEquals(20, points.search(queries[0], null, 20, new int[SHORTLIST]));
    assertTrue(points.scored() < COUNT / 2);
    assertEquals(SHORTLIST, blocks.search(queries[0], null, 2, new int[SHORTLIST]));
    assertEquals(2 * 64, blocks.scored());
    for (Shape shape : List.of(blocks, points)) {
      assertTrue(shape.indexBytes() > 0);
      assertEquals(32, shape.codeBytes(), .5);
    }
  }
}
