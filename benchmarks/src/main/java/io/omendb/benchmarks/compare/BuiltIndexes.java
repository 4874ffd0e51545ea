/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.benchmarks.compare;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.function.ToDoubleFunction;
import org.apache.lucene.util.IOUtils;
import org.apache.lucene.util.Version;

/**
 * The indexes of one peer over one set. A file beside them says with what settings they were built
 * and how long that took, so that a later run can use them.
 */
final class BuiltIndexes {
  private static final String FILE = "built.properties";
  private static final String SETTINGS = "settings";

  /** Fewer than of all rows, so that they have a usual size. */
  private static final int RATE_SEGMENTS = 4;

  /** Rows indexed beforehand, so that the first peer does not pay for compiling. */
  private static final int WARM_UP_ROWS = 6_000;

  /** What is built in less is built again, as short times vary most. */
  private static final double ENOUGH_SECONDS = 40;

  private final Peer peer;
  private final String set;
  private final float[][] rows;
  private final IndexFolders folders;
  private final Plan plan;

  BuiltIndexes(Peer peer, String set, float[][] rows, Path work, Plan plan) {
    this.peer = peer;
    this.set = set;
    this.rows = rows;
    this.folders = new IndexFolders(work.resolve(peer.name()));
    this.plan = plan;
  }

  IndexFolders folders() {
    return folders;
  }

  /** Builds, unless that was done before; returns what it took. */
  List<Figure> build() throws IOException {
    Path file = folders.base().resolve(FILE);
    Properties built = new Properties();
    if (Files.exists(file)) {
      try (Reader reader = Files.newBufferedReader(file)) {
        built.load(reader);
      }
    }
    String settings = settings();
    if (!settings.equals(built.getProperty(SETTINGS))) {
      IOUtils.rm(file, folders.many(), folders.one());
      built.clear();
      apart(Math.min(WARM_UP_ROWS, rows.length));
      store(built, plan.indexThreads(), builds());
      store(built, 0, List.of(apart(rateRows())));
      built.setProperty(SETTINGS, settings);
      try (Writer writer = Files.newBufferedWriter(file)) {
        built.store(writer, null);
      }
    }
    return List.of(
        figure(built, "add seconds", plan.indexThreads()),
        figure(built, "merge seconds", plan.indexThreads()),
        figure(built, "index rate", plan.indexThreads()),
        figure(built, "merge heap MB", plan.indexThreads()),
        figure(built, "add seconds", 0),
        figure(built, "merge seconds", 0),
        figure(built, "index rate", 0));
  }

  private List<BuildTimes> builds() throws IOException {
    List<BuildTimes> builds = new ArrayList<>();
    double seconds = 0;
    while (builds.isEmpty() || (seconds < ENOUGH_SECONDS && builds.size() < plan.builds())) {
      IOUtils.rm(folders.many(), folders.one());
      BuildTimes times = peer.build(rows, folders, plan.segments(), plan.indexThreads());
      builds.add(times);
      seconds += times.addSeconds() + times.mergeSeconds();
    }
    return builds;
  }

  /** One thread over the first rows, kept apart and not for searching. */
  private BuildTimes apart(int count) throws IOException {
    IndexFolders apart = new IndexFolders(folders.base().resolve("rate"));
    IOUtils.rm(apart.base());
    float[][] first = Arrays.copyOf(rows, count);
    BuildTimes times = peer.build(first, apart, RATE_SEGMENTS, 1);
    IOUtils.rm(apart.base());
    return times;
  }

  private int rateRows() {
    return Math.min(plan.rateRows(), rows.length);
  }

  private void store(Properties built, int threads, List<BuildTimes> builds) {
    int count = threads == 0 ? rateRows() : rows.length;
    store(built, threads, "add seconds", builds, BuildTimes::addSeconds);
    store(built, threads, "merge seconds", builds, BuildTimes::mergeSeconds);
    store(built, threads, "index rate", builds, times -> count / times.totalSeconds());
    store(built, threads, "merge heap MB", builds, times -> times.mergeHeap() / 1e6);
  }

  private static void store(
      Properties built,
      int threads,
      String measure,
      List<BuildTimes> builds,
      ToDoubleFunction<BuildTimes> value) {
    Spread spread = Spread.of(builds.stream().mapToDouble(value).toArray());
    String text = spread.median() + " " + spread.least() + " " + spread.most();
    built.setProperty(key(measure, threads), text);
  }

  /** No threads stand for the one thread over the first rows. */
  private static String key(String measure, int threads) {
    return measure + (threads == 0 ? ", one thread" : "");
  }

  private Figure figure(Properties built, String measure, int threads) {
    String[] spread = built.getProperty(key(measure, threads)).split(" ", 3);
    return new Figure(
        set,
        threads == 0 ? rateRows() : rows.length,
        "build",
        peer.name(),
        peer.name(),
        "",
        0,
        Math.max(1, threads),
        measure,
        Double.NaN,
        Double.parseDouble(spread[0]),
        Double.parseDouble(spread[1]),
        Double.parseDouble(spread[2]));
  }

  private String settings() {
    return String.join(
        "; ",
        peer.description(),
        set + " " + rows.length + " x " + rows[0].length,
        plan.segments() + " segments",
        plan.indexThreads() + " threads",
        "rate of " + rateRows(),
        "Lucene " + Version.LATEST);
  }
}
