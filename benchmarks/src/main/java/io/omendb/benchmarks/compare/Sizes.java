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

/**
 * Curves over one segment of some and of more rows, one thread: how a query's time grows with an
 * index. Each setting searches the small and the large index in turn, so that what else the machine
 * does slows both.
 */
public final class Sizes {
  private Sizes() {}

  /**
   * Rows of an index.
   *
   * @param truth answers to the same queries in all sizes
   */
  public record Size(float[][] rows, Truth truth) {}

  /** Measures each peer. */
  public static List<Figure> measure(String set, List<Size> sizes, Path work, Plan plan)
      throws IOException {
    List<PointRace.Entry> entries = new ArrayList<>();
    List<PeerIndex> indexes = new ArrayList<>();
    try {
      for (Peer peer : plan.peers()) {
        List<PeerIndex> ofPeer = new ArrayList<>();
        for (Size size : sizes) {
          String name = peer.name() + "-" + size.rows.length;
          IndexFolders folders = IndexFolders.empty(work.resolve(name));
          peer.build(size.rows, folders, plan.indexThreads(), plan.indexThreads());
          ofPeer.add(peer.open(folders.one(), null));
          indexes.add(ofPeer.getLast());
        }
        for (Setting setting : peer.settings(sizes.getFirst().truth.k())) {
          for (int i = 0; i < sizes.size(); i++) {
            PeerIndex index = ofPeer.get(i);
            entries.add(new PointRace.Entry(peer, setting, sizes.get(i).truth, index, index, null));
          }
        }
      }
      List<Figure> figures = new ArrayList<>();
      try (PointRace race = new PointRace(1, plan.rounds(), plan.seconds())) {
        List<PointRace.Result> results = race.run(set + ", sizes", entries, 0);
        for (Size size : sizes) {
          SetRun run = new SetRun(set, size.rows, size.truth, work, plan);
          List<PointRace.Result> ofSize =
              results.stream().filter(result -> result.entry().truth() == size.truth).toList();
          figures.addAll(run.figures("sizes", 1, ofSize));
        }
      }
      return figures;
    } finally {
      IOUtils.close(indexes);
    }
  }
}
