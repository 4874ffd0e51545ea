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

/** The situations in which whole curves of all peers are measured in turns. */
final class CurveRuns {
  private final SetRun run;
  private final Plan plan;

  CurveRuns(SetRun run) {
    this.run = run;
    this.plan = run.plan();
  }

  /** Curves over one segment, and the bytes of the indexes. */
  List<Figure> one() throws IOException {
    List<Figure> figures = new ArrayList<>();
    List<PeerIndex> indexes = open(false);
    try {
      for (int i = 0; i < indexes.size(); i++) {
        figures.addAll(bytes(plan.peers().get(i), indexes.get(i).bytes()));
      }
      for (int threads : plan.searchThreads()) {
        figures.addAll(race("one", indexes, threads, 0));
      }
    } finally {
      IOUtils.close(indexes);
    }
    return figures;
  }

  private List<Figure> bytes(Peer peer, IndexBytes bytes) {
    return List.of(
        bytes(peer, "code bytes", bytes.codes()),
        bytes(peer, "graph bytes", bytes.graph()),
        bytes(peer, "hot bytes", bytes.hot()),
        bytes(peer, "disk bytes", bytes.disk()));
  }

  /** Bytes a vector. */
  private Figure bytes(Peer peer, String measure, long all) {
    Spread each = Spread.of((double) all / run.rows().length);
    return run.figure("one", peer, null, 0, measure, Double.NaN, each);
  }

  List<Figure> many() throws IOException {
    List<Figure> figures = new ArrayList<>();
    List<PeerIndex> indexes = open(true);
    try {
      for (int i = 0; i < indexes.size(); i++) {
        Spread segments = Spread.of(indexes.get(i).segments());
        Peer peer = plan.peers().get(i);
        figures.add(run.figure("many", peer, null, 0, "segments", Double.NaN, segments));
      }
      figures.addAll(race("many", indexes, 1, 0));
      return figures;
    } finally {
      IOUtils.close(indexes);
    }
  }

  List<Figure> filters() throws IOException {
    List<Figure> figures = new ArrayList<>();
    List<PeerIndex> indexes = open(false);
    try {
      for (int filter = 1; filter < run.truth().filters(); filter++) {
        String situation = "filter " + run.truth().name(filter);
        figures.addAll(race(situation, indexes, 1, filter));
      }
    } finally {
      IOUtils.close(indexes);
    }
    return figures;
  }

  /** Curves with a page cache of a share of the raw bytes for each peer. */
  List<Figure> memory() throws IOException {
    List<PeerIndex> mapped = open(false);
    List<PeerIndex> limited = new ArrayList<>();
    try {
      List<PointRace.Entry> entries = new ArrayList<>();
      for (int i = 0; i < mapped.size(); i++) {
        Peer peer = plan.peers().get(i);
        PageCache pages = pages();
        PeerIndex index = peer.open(run.one(peer), pages);
        limited.add(index);
        PeerIndex counted = mapped.get(i);
        if (peer.answersDependOnMemory()) {
          // Not through the cache of the timed one, which would be filled before those of others.
          counted = peer.open(run.one(peer), pages());
          limited.add(counted);
        }
        for (Setting setting : peer.settings(run.truth().k())) {
          entries.add(new PointRace.Entry(peer, setting, run.truth(), index, counted, pages));
        }
      }
      return timed("memory", entries, 1, 0);
    } finally {
      limited.addAll(mapped);
      IOUtils.close(limited);
    }
  }

  private PageCache pages() {
    return new PageCache((long) (plan.memoryShare() * run.rawBytes()));
  }

  private List<PeerIndex> open(boolean many) throws IOException {
    List<PeerIndex> indexes = new ArrayList<>();
    for (Peer peer : plan.peers()) {
      Path folder = many ? run.many(peer) : run.one(peer);
      indexes.add(peer.open(folder, null));
    }
    return indexes;
  }

  private List<Figure> race(String situation, List<PeerIndex> indexes, int threads, int filter)
      throws IOException {
    List<PointRace.Entry> entries = new ArrayList<>();
    for (int i = 0; i < indexes.size(); i++) {
      PeerIndex index = indexes.get(i);
      Peer peer = plan.peers().get(i);
      for (Setting setting : peer.settings(run.truth().k())) {
        entries.add(new PointRace.Entry(peer, setting, run.truth(), index, index, null));
      }
    }
    return timed(situation, entries, threads, filter);
  }

  private List<Figure> timed(
      String situation, List<PointRace.Entry> entries, int threads, int filter) throws IOException {
    try (PointRace race = new PointRace(threads, plan.rounds(), plan.seconds())) {
      String name =
          run.set() + ", " + situation + ", " + threads + (threads == 1 ? " thread" : " threads");
      return run.figures(situation, threads, race.run(name, entries, filter));
    }
  }
}
