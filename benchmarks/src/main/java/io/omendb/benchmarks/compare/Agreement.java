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
 * Lucene's formats as somebody else may have measured them: one thread adds and merges, all queries
 * are asked, and only what does not depend on the machine is looked at.
 */
public final class Agreement {
  /** How many times k is asked for. */
  private static final List<Double> FACTORS = List.of(4.0, 8.0);

  private Agreement() {}

  /** Recall and bytes of the graph of Lucene's float and 1-bit formats. */
  public static List<Figure> measure(String set, float[][] rows, Truth truth, Path work)
      throws IOException {
    List<Figure> figures = new ArrayList<>();
    for (Peer peer : Peers.named(List.of("lucene-float", "lucene-1bit"))) {
      IndexFolders folders = IndexFolders.empty(work.resolve(peer.name()));
      peer.build(rows, folders, 1, 1);
      try (PeerIndex index = peer.open(folders.one(), null);
          PeerIndex.RowSearcher searcher = index.searcher()) {
        double graph = (double) index.bytes().graph() / rows.length;
        figures.add(figure(set, rows, peer, "", 0, "graph bytes", Double.NaN, graph));
        for (Setting setting : peer.settings(truth.k())) {
          if (FACTORS.contains(setting.value() / truth.k())) {
            double recall = truth.recall(searcher, setting);
            String knob = setting.text() + (setting.rescored() ? " rescored" : "");
            figures.add(figure(set, rows, peer, knob, truth.k(), "recall", recall, recall));
          }
        }
      }
    }
    return figures;
  }

  private static Figure figure(
      String set,
      float[][] rows,
      Peer peer,
      String knob,
      int k,
      String measure,
      double recall,
      double value) {
    return new Figure(
        set,
        rows.length,
        "agreement",
        peer.name(),
        peer.name(),
        knob,
        k,
        1,
        measure,
        recall,
        value,
        value,
        value);
  }
}
