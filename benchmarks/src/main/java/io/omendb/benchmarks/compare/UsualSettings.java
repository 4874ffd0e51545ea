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
        double recall = truth.recall(searcher, setting);
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
