/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
  private final float[][] queries = VectorSet.unitLength(generated.queries);
  private final CodedVectors coded = CodedVectors.of(VectorSet.unitLength(generated.base));

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
    QueryCosts costs = new QueryCosts(coded.codebook());
    int[] shortlist = new int[SHORTLIST];
    for (float[] query : queries) {
      costs.prepare(query);
      assertEquals(SHORTLIST, shape.search(costs, accepted, COUNT, shortlist));
      int[] found = Arrays.stream(shortlist).map(ord -> cost(costs, ord)).sorted().toArray();
      assertEquals(SHORTLIST, Arrays.stream(shortlist).distinct().count());
      int[] best = new int[COUNT];
      Arrays.fill(best, Integer.MAX_VALUE);
      for (int ord = 0; ord < COUNT; ord++) {
        if (accepted == null || accepted.get(ord)) {
          best[ord] = cost(costs, ord);
        }
      }
      Arrays.sort(best);
      assertEquals(
          Arrays.toString(Arrays.copyOf(best, SHORTLIST)), Arrays.toString(found), shape.name());
    }
  }

  private int cost(QueryCosts costs, int ord) {
    return costs.cost(coded.codes().page(ord), coded.codes().offset(ord));
  }

  @Test
  void testNarrowSearchScoresFewer() throws IOException {
    BlockShape blocks = new BlockShape(coded, MAX_CONN, BEAM_WIDTH, 1);
    PointShape points = new PointShape(coded, MAX_CONN, BEAM_WIDTH);
    QueryCosts costs = new QueryCosts(coded.codebook());
    costs.prepare(queries[0]);
    assertEquals(20, points.search(costs, null, 20, new int[SHORTLIST]));
    assertTrue(points.scored() < COUNT / 2);
    assertEquals(SHORTLIST, blocks.search(costs, null, 2, new int[SHORTLIST]));
    assertEquals(2 * 64, blocks.scored());
    for (Shape shape : List.of(blocks, points)) {
      assertTrue(shape.indexBytes() > 0);
      assertEquals(32, shape.codeBytes(), .5);
    }
  }
}
