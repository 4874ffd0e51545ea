/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.benchmarks;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class TestExactSearch {
  private static final int K = 5;
  private static final float ERROR = 1e-6f;

  private final GeneratedSet generated = new GeneratedSet(500, 40, 8, 2);
  private final float[][] base = VectorSet.unitLength(generated.base);
  private final float[][] queries = VectorSet.unitLength(generated.queries);

  @Test
  void testBarsAreScoresOfLastAnswers() throws IOException {
    // Filters: all rows, every third, the first two, none.
    int[][] filtersOfRow = new int[base.length][];
    for (int row = 0; row < base.length; row++) {
      boolean third = row % 3 == 0;
      boolean first = row < 2;
      filtersOfRow[row] =
          first && third
              ? new int[] {0, 1, 2}
              : first ? new int[] {0, 2} : third ? new int[] {0, 1} : new int[] {0};
    }
    try (Threads threads = new Threads(2)) {
      ExactSearch search = new ExactSearch(base, threads.parallel());
      ExactSearch.Answers answers = search.answers(queries, K, 4, filtersOfRow);
      assertArrayEquals(new int[] {500, 167, 2, 0}, answers.matching());
      assertEquals(K, answers.size(0));
      assertEquals(2, answers.size(2));
      for (int q = 0; q < queries.length; q++) {
        float[] scores = new float[base.length];
        for (int row = 0; row < scores.length; row++) {
          scores[row] = search.score(queries[q], row);
        }
        float[] thirds = new float[167];
        for (int i = 0; i < thirds.length; i++) {
          thirds[i] = scores[3 * i];
        }
        assertEquals(Math.min(scores[0], scores[1]), answers.bars()[2][q], ERROR);
        Arrays.sort(scores);
        Arrays.sort(thirds);
        assertEquals(scores[scores.length - K], answers.bars()[0][q], ERROR);
        assertEquals(thirds[thirds.length - K], answers.bars()[1][q], ERROR);
        assertTrue(Float.isNaN(answers.bars()[3][q]));
      }
    }
  }
}
