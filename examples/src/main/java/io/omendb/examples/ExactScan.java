/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.examples;

import java.util.Arrays;
import java.util.function.IntPredicate;
import org.apache.lucene.util.VectorUtil;

/** The exact answer, which recall is measured against: the query compared with every vector. */
final class ExactScan {
  private final float[][] vectors;

  ExactScan(float[][] vectors) {
    this.vectors = vectors;
  }

  float score(float[] query, int row) {
    return VectorUtil.dotProduct(query, vectors[row]);
  }

  /** The k best scores among the accepted rows, ascending; fewer if fewer are accepted. */
  float[] bestScores(float[] query, int k, IntPredicate accepted) {
    float[] best = new float[k];
    int found = 0;
    for (int row = 0; row < vectors.length; row++) {
      if (!accepted.test(row)) {
        continue;
      }
      float score = score(query, row);
      if (found < k) {
        best[found++] = score;
        Arrays.sort(best, 0, found);
      } else if (score > best[0]) {
        best[0] = score;
        Arrays.sort(best);
      }
    }
    return Arrays.copyOf(best, found);
  }
}
