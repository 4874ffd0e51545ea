/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.benchmarks;

import io.omendb.lucene.quantize.Parallel;
import java.io.IOException;
import java.util.Arrays;
import org.apache.lucene.util.VectorUtil;
import org.apache.lucene.util.hnsw.NeighborQueue;

/**
 * The exact answers that recall is measured against: every query compared with every vector. Hits
 * are judged by their scores, so that equal vectors do not matter.
 */
public final class ExactSearch {
  /** Queries compared with a row while it is in the cache. */
  private static final int TILE = 16;

  /** Interpreted and compiled code add in another order, so equal vectors differ by this much. */
  private static final float TOLERANCE = 5e-7f;

  private final float[][] vectors;
  private final Parallel parallel;

  /** Searches vectors of unit length. */
  public ExactSearch(float[][] vectors, Parallel parallel) {
    this.vectors = vectors;
    this.parallel = parallel;
  }

  /** Cosine of a query of unit length and a row. */
  public float score(float[] query, int row) {
    return VectorUtil.dotProduct(query, vectors[row]);
  }

  /** Whether a score is that of a true answer. */
  public static boolean reaches(float score, float bar) {
    return score >= bar - TOLERANCE;
  }

  /**
   * What true answers are, under some filters.
   *
   * @param bars the least score of the true answers, layout [filter][query]
   * @param matching rows that pass each filter
   * @param k answers wanted
   */
  public record Answers(float[][] bars, int[] matching, int k) {
    /** True answers under a filter. */
    public int size(int filter) {
      return Math.min(k, matching[filter]);
    }
  }

  /** Finds the answers among all rows, as under one filter. */
  Answers answers(float[][] queries, int k) throws IOException {
    int[][] filtersOfRow = new int[vectors.length][];
    Arrays.fill(filtersOfRow, new int[] {0});
    return answers(queries, k, 1, filtersOfRow);
  }

  /**
   * Finds the answers under all filters in one pass.
   *
   * @param queries of unit length
   * @param filters number of filters
   * @param filtersOfRow filters that each row passes
   */
  public Answers answers(float[][] queries, int k, int filters, int[][] filtersOfRow)
      throws IOException {
    int[] matching = new int[filters];
    for (int[] passed : filtersOfRow) {
      for (int filter : passed) {
        matching[filter]++;
      }
    }
    float[][] bars = new float[filters][queries.length];
    Progress progress = new Progress("exact answers", queries.length);
    parallel.forRange(
        queries.length,
        TILE,
        (from, to) -> {
          float[][][] best = best(Arrays.copyOfRange(queries, from, to), k, filters, filtersOfRow);
          for (int filter = 0; filter < filters; filter++) {
            int place = k - Math.min(k, matching[filter]);
            for (int q = from; q < to; q++) {
              // Under a filter that nothing passes there is no answer to find.
              bars[filter][q] = place == k ? Float.NaN : best[filter][q - from][place];
            }
          }
          progress.step(to - from);
        });
    progress.done();
    return new Answers(bars, matching, k);
  }

  /** Rows nearest to each query of unit length, best first, up to {@code k} of them. */
  int[][] nearest(float[][] queries, int k) throws IOException {
    int[][] rows = new int[queries.length][];
    Progress progress = new Progress("exact neighbours", queries.length);
    parallel.forRange(
        queries.length,
        TILE,
        (from, to) -> {
          NeighborQueue[] best = new NeighborQueue[to - from];
          Arrays.setAll(best, q -> new NeighborQueue(k, false));
          for (int row = 0; row < vectors.length; row++) {
            for (int q = from; q < to; q++) {
              best[q - from].insertWithOverflow(row, score(queries[q], row));
            }
          }
          for (int q = from; q < to; q++) {
            rows[q] = bestFirst(best[q - from]);
          }
          progress.step(to - from);
        });
    progress.done();
    return rows;
  }

  private static int[] bestFirst(NeighborQueue worstFirst) {
    int[] rows = new int[worstFirst.size()];
    for (int i = rows.length - 1; i >= 0; i--) {
      rows[i] = worstFirst.pop();
    }
    return rows;
  }

  /** Best scores, ascending, layout [filter][query][place]. */
  private float[][][] best(float[][] queries, int k, int filters, int[][] filtersOfRow) {
    float[][][] best = new float[filters][queries.length][k];
    for (float[][] filter : best) {
      for (float[] scores : filter) {
        Arrays.fill(scores, Float.NEGATIVE_INFINITY);
      }
    }
    for (int row = 0; row < vectors.length; row++) {
      if (filtersOfRow[row].length == 0) {
        continue;
      }
      for (int q = 0; q < queries.length; q++) {
        float score = score(queries[q], row);
        for (int filter : filtersOfRow[row]) {
          insert(best[filter][q], score);
        }
      }
    }
    return best;
  }

  /** Puts a score among the greatest, which are in ascending order, in place of the least. */
  public static void insert(float[] ascending, float score) {
    if (score <= ascending[0]) {
      return;
    }
    int at = 0;
    for (; at + 1 < ascending.length && ascending[at + 1] < score; at++) {
      ascending[at] = ascending[at + 1];
    }
    ascending[at] = score;
  }
}
