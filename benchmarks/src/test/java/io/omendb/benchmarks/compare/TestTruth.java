/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.benchmarks.compare;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.omendb.lucene.quantize.Parallel;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.lucene.util.FixedBitSet;
import org.junit.jupiter.api.Test;

class TestTruth {
  /** On a circle, by angle. */
  private static float[][] circle(int count) {
    float[][] rows = new float[count][];
    for (int row = 0; row < count; row++) {
      double angle = Math.PI * row / count;
      rows[row] = new float[] {(float) Math.cos(angle), (float) Math.sin(angle)};
    }
    return rows;
  }

  @Test
  void testRecallCountsEachRightRowOnce() throws IOException {
    float[][] rows = circle(100);
    Truth truth = new Truth(rows, new float[][] {rows[0]}, 4, List.of(.5), Parallel.SEQUENTIAL);
    assertEquals(1, truth.recall(0, 0, new int[] {0, 1, 2, 3}));
    assertEquals(.25, truth.recall(0, 0, new int[] {3, 3, 50, 4}));
    int[] accepted = truth.filter(1).accepted();
    assertEquals(1, truth.recall(1, 0, IntStream.of(accepted).limit(4).toArray()));
    assertEquals(0, truth.recall(1, 0, IntStream.of(accepted).skip(4).limit(4).toArray()));
  }

  @Test
  void testFilterListsItsRows() {
    FixedBitSet bits = new FixedBitSet(10);
    bits.set(2);
    bits.set(7);
    assertArrayEquals(new int[] {2, 7}, new RowFilter("two", bits).accepted());
  }
}
