/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.benchmarks.compare;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * One set under measurement.
 *
 * @param rows of unit length
 * @param work folder of its indexes
 */
record SetRun(String set, float[][] rows, Truth truth, Path work, Plan plan) {
  /** The index of one segment of a peer. */
  Path one(Peer peer) {
    return new IndexFolders(work.resolve(peer.name())).one();
  }

  /** The index of several segments of a peer. */
  Path many(Peer peer) {
    return new IndexFolders(work.resolve(peer.name())).many();
  }

  long rawBytes() {
    return (long) rows.length * rows[0].length * Float.BYTES;
  }

  /** A figure of a search. */
  Figure figure(
      String situation,
      Peer peer,
      Setting setting,
      int threads,
      String measure,
      double recall,
      Spread value) {
    return new Figure(
        set,
        rows.length,
        situation,
        peer.name(),
        setting == null ? peer.name() : setting.curve(),
        setting == null ? "" : setting.text(),
        setting == null ? 0 : truth.k(),
        threads,
        measure,
        recall,
        value.median(),
        value.least(),
        value.most());
  }

  /** Figures of races. */
  List<Figure> figures(String situation, int threads, List<PointRace.Result> results) {
    List<Figure> figures = new ArrayList<>();
    for (PointRace.Result result : results) {
      Peer peer = result.entry().peer();
      Setting setting = result.entry().setting();
      double recall = result.recall();
      figures.add(figure(situation, peer, setting, threads, "qps", recall, result.qps()));
      Spread p50 = Spread.of(result.p50());
      figures.add(figure(situation, peer, setting, threads, "p50 us", recall, p50));
      Spread p99 = Spread.of(result.p99());
      figures.add(figure(situation, peer, setting, threads, "p99 us", recall, p99));
      if (result.pages() != null) {
        figures.add(figure(situation, peer, setting, threads, "pages", recall, result.pages()));
      }
    }
    return figures;
  }
}
