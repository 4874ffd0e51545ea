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

/** Heap and time of merging many rows into one segment. */
public final class MergeHeap {
  private MergeHeap() {}

  /** Measures each peer. */
  public static List<Figure> measure(String set, float[][] rows, Path work, Plan plan)
      throws IOException {
    List<Figure> figures = new ArrayList<>();
    for (Peer peer : plan.peers()) {
      IndexFolders folders = IndexFolders.empty(work.resolve(peer.name() + "-large"));
      BuildTimes times = peer.build(rows, folders, plan.segments(), plan.indexThreads());
      IOUtils.rm(folders.base());
      figures.add(figure(set, rows, peer, plan, "add seconds", times.addSeconds()));
      figures.add(figure(set, rows, peer, plan, "merge seconds", times.mergeSeconds()));
      figures.add(figure(set, rows, peer, plan, "merge heap MB", times.mergeHeap() / 1e6));
    }
    return figures;
  }

  private static Figure figure(
      String set, float[][] rows, Peer peer, Plan plan, String measure, double value) {
    return new Figure(
        set,
        rows.length,
        "merge",
        peer.name(),
        peer.name(),
        "",
        0,
        plan.indexThreads(),
        measure,
        Double.NaN,
        value,
        value,
        value);
  }
}
