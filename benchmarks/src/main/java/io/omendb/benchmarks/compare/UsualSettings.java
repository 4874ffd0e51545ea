/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.benchmarks.compare;

import java.io.IOException;

/**
 * Chooses the setting of a peer where a single one is measured: the first of its settings that
 * reaches a recall, or the best.
 */
final class UsualSettings {
  static final double RECALL = .95;

  private final SetRun run;

  UsualSettings(SetRun run) {
    this.run = run;
  }

  Setting of(Peer peer) throws IOException {
    Truth truth = run.truth();
    Setting best = null;
    double bestRecall = -1;
    try (PeerIndex index = peer.open(run.one(peer), null);
        PeerIndex.RowSearcher searcher = index.searcher()) {
      for (Setting setting : peer.settings(truth.k())) {
        double recall = 0;
        for (int q = 0; q < truth.queries().length; q++) {
          int[] found = searcher.search(truth.queries()[q], truth.k(), setting, null);
          recall += truth.recall(0, q, found) / truth.queries().length;
        }
        if (recall > bestRecall) {
          bestRecall = recall;
          best = setting;
        }
        if (recall >= RECALL) {
          break;
        }
      }
    }
    return best;
  }
}
