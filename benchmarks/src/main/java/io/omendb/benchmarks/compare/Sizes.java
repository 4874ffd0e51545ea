/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.benchmarks.compare;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.util.IOUtils;

/** Curves over one segment of so many rows, one thread: how a query's time grows with an index. */
public final class Sizes {
  private Sizes() {}

  /** Measures each peer. */
  public static List<Figure> measure(String set, float[][] rows, Truth truth, Path work, Plan plan)
      throws IOException {
    List<PointRace.Entry> entries = new ArrayList<>();
    List<PeerIndex> indexes = new ArrayList<>();
    try {
      for (Peer peer : plan.peers()) {
        IndexFolders folders = IndexFolders.empty(work.resolve(peer.name() + "-" + rows.length));
        peer.build(rows, folders, plan.indexThreads(), plan.indexThreads());
        PeerIndex index = peer.open(folders.one(), null);
        indexes.add(index);
        for (Setting setting : peer.settings(truth.k())) {
          entries.add(new PointRace.Entry(peer, setting, index, index, null));
        }
      }
      try (PointRace race = new PointRace(truth, 1, plan.rounds(), plan.seconds())) {
        String name = set + ", " + rows.length + " rows";
        SetRun run = new SetRun(set, rows, truth, work, plan);
        return run.figures("sizes", 1, race.run(name, entries, 0));
      }
    } finally {
      IOUtils.close(indexes);
    }
  }
}
