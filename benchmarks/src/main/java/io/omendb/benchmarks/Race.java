/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.benchmarks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.VectorUtil;

/**
 * Runs settings against each other on one thread: every round runs all of them in turn, so that
 * what disturbs the machine disturbs all alike, and the median of the rounds counts. The first
 * round warms up and counts for nothing.
 */
final class Race {
  private final CodedVectors coded;
  private final float[][] queries;
  private final int k;
  private final int rounds;

  /**
   * Something to run.
   *
   * @param width see {@link Shape#search}
   * @param shortlist vectors reranked
   */
  record Setting(Shape shape, int width, int shortlist) {}

  /**
   * What came out.
   *
   * @param recall share of the true answers among those found, mean over the queries
   * @param qps queries a second, median of the rounds
   * @param scored codes scored for a query, mean
   */
  record Result(Setting setting, double recall, double qps, double scored) {}

  Race(CodedVectors coded, float[][] queries, int k, int rounds) {
    this.coded = coded;
    this.queries = queries;
    this.k = k;
    this.rounds = rounds;
  }

  /**
   * Runs all settings.
   *
   * @param accepted ordinals that may be found, null for all
   * @param bars least score of a true answer, by query
   * @param size number of true answers
   */
  List<Result> run(String name, List<Setting> settings, Bits accepted, float[] bars, int size) {
    double[][] seconds = new double[settings.size()][rounds];
    double[] recall = new double[settings.size()];
    double[] scored = new double[settings.size()];
    float[][] scores = new float[queries.length][k];
    Progress progress = new Progress(name, (long) (rounds + 1) * settings.size());
    for (int round = -1; round < rounds; round++) {
      for (int i = 0; i < settings.size(); i++) {
        Setting setting = settings.get(i);
        int[] shortlist = new int[setting.shortlist];
        long scoredBefore = setting.shape.scored();
        long start = System.nanoTime();
        for (int q = 0; q < queries.length; q++) {
          int found = setting.shape.search(queries[q], accepted, setting.width, shortlist);
          rerank(queries[q], shortlist, found, scores[q]);
        }
        if (round >= 0) {
          seconds[i][round] = (System.nanoTime() - start) / 1e9;
        } else {
          recall[i] = recall(scores, bars, size);
          scored[i] = (double) (setting.shape.scored() - scoredBefore) / queries.length;
        }
        progress.step(1);
      }
    }
    progress.done();
    List<Result> results = new ArrayList<>();
    for (int i = 0; i < settings.size(); i++) {
      Arrays.sort(seconds[i]);
      double qps = queries.length / seconds[i][rounds / 2];
      results.add(new Result(settings.get(i), recall[i], qps, scored[i]));
    }
    return results;
  }

  /** Leaves the k best exact scores, ascending. */
  private void rerank(float[] query, int[] shortlist, int length, float[] best) {
    Arrays.sort(shortlist, 0, length);
    Arrays.fill(best, Float.NEGATIVE_INFINITY);
    for (int i = 0; i < length; i++) {
      float score = VectorUtil.dotProduct(query, coded.vectors()[shortlist[i]]);
      if (score > best[0]) {
        int at = 0;
        for (; at + 1 < k && best[at + 1] < score; at++) {
          best[at] = best[at + 1];
        }
        best[at] = score;
      }
    }
  }

  private static double recall(float[][] scores, float[] bars, int size) {
    long hits = 0;
    for (int q = 0; q < scores.length; q++) {
      int found = 0;
      for (float score : scores[q]) {
        found += ExactSearch.reaches(score, bars[q]) ? 1 : 0;
      }
      hits += Math.min(size, found);
    }
    return (double) hits / ((long) size * scores.length);
  }
}
