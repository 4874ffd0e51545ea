/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.benchmarks.compare;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Opens each index with an empty page cache that then holds all it reads, and asks the first
 * queries. Pages come from storage one by one, past the system's cache. The JVM is warm.
 */
final class ColdStart {
  private static final int FIRST = 100;

  private final SetRun run;

  ColdStart(SetRun run) {
    this.run = run;
  }

  List<Figure> measure() throws IOException {
    List<Figure> figures = new ArrayList<>();
    UsualSettings usual = new UsualSettings(run);
    int rounds = run.plan().rounds();
    int queries = Math.min(FIRST, run.truth().queries().length);
    for (Peer peer : run.plan().peers()) {
      Setting setting = usual.of(peer);
      double[] open = new double[rounds];
      double[] first = new double[rounds];
      double[] mean = new double[rounds];
      double recall = 0;
      for (int round = 0; round < rounds; round++) {
        PageCache pages = new PageCache(Long.MAX_VALUE);
        Path folder = run.one(peer);
        long start = System.nanoTime();
        try (PeerIndex index = peer.open(folder, pages);
            PeerIndex.RowSearcher searcher = index.searcher()) {
          open[round] = millis(start);
          recall = 0;
          double all = 0;
          for (int q = 0; q < queries; q++) {
            start = System.nanoTime();
            int[] found = searcher.search(run.truth().queries()[q], run.truth().k(), setting, null);
            double took = millis(start);
            first[round] = q == 0 ? took : first[round];
            all += took;
            recall += run.truth().recall(0, q, found) / queries;
          }
          mean[round] = all / queries;
        }
      }
      figures.add(figure(peer, setting, "open ms", recall, open));
      figures.add(figure(peer, setting, "first query ms", recall, first));
      figures.add(figure(peer, setting, "mean of first " + queries + " ms", recall, mean));
    }
    return figures;
  }

  private Figure figure(
      Peer peer, Setting setting, String measure, double recall, double[] rounds) {
    return run.figure("cold", peer, setting, 1, measure, recall, Spread.of(rounds));
  }

  private static double millis(long start) {
    return (System.nanoTime() - start) / 1e6;
  }
}
