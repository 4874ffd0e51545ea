/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.benchmarks;

import io.omendb.benchmarks.compare.IndexFolders;
import io.omendb.benchmarks.compare.Peer;
import io.omendb.benchmarks.compare.PeerIndex;
import io.omendb.benchmarks.compare.Peers;
import io.omendb.benchmarks.compare.Setting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.lucene.util.IOUtils;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Where the time of indexing and of searching goes, by samples of Java Flight Recorder.
 *
 * <p>From the root of the project:
 *
 * <pre>
 * mvn -q -pl benchmarks -am compile exec:exec -Dbenchmark=Profile -Dargs="--set=glove-100"
 * </pre>
 */
@Command(
    name = "Profile",
    sortOptions = false,
    description = "Shares of the time of indexing and of searching, by samples.")
public final class Profile implements Callable<Integer> {
  private static final int K = 10;

  /** Rows indexed beforehand, so that compiling is not what is seen. */
  private static final int WARM_UP_ROWS = 20_000;

  @Mixin private CommonOptions common;
  @Spec private CommandSpec spec;

  @Option(
      names = "--set",
      defaultValue = "wordnet-dual-768",
      description = "Vector set (default: ${DEFAULT-VALUE}).")
  private String set;

  @Option(
      names = "--depth",
      defaultValue = "1",
      description = "SearchDepth of the searches (default: ${DEFAULT-VALUE}).")
  private double depth;

  @Option(
      names = "--index-threads",
      defaultValue = "2",
      description = "Threads that index (default: ${DEFAULT-VALUE}).")
  private int indexThreads;

  @Option(
      names = "--seconds",
      defaultValue = "15",
      description = "Time of the searches, in one thread (default: ${DEFAULT-VALUE}).")
  private double seconds;

  @Option(
      names = "--work",
      paramLabel = "DIR",
      defaultValue = "benchmarks/target/profile",
      description = "Where the index is built (default: ${DEFAULT-VALUE}).")
  private Path work;

  /** Runs with the options that {@code --help} lists. */
  public static void main(String[] args) {
    System.exit(CommonOptions.run(new Profile(), args));
  }

  @Override
  public Integer call() throws IOException {
    VectorSet all = common.read(set);
    float[][] rows = VectorSet.unitLength(all.base());
    float[][] queries = VectorSet.unitLength(all.queries());
    Peer peer = Peers.named(List.of("omendb")).get(0);
    Table table = new Table("set", "part", "phase", "samples", "share");
    build(peer, Arrays.copyOf(rows, Math.min(rows.length, WARM_UP_ROWS)));
    try (Samples samples = new Samples()) {
      build(peer, rows);
      samples.add(table, set, "indexing", Samples.INDEXING);
    }
    try (PeerIndex index = peer.open(new IndexFolders(work).one(), null);
        PeerIndex.RowSearcher searcher = index.searcher()) {
      search(searcher, queries, seconds / 3);
      try (Samples samples = new Samples()) {
        search(searcher, queries, seconds);
        samples.add(table, set, "searching", Samples.SEARCHING);
      }
    }
    common.report("Profile", spec.commandLine().getParseResult(), List.of(table), table);
    return 0;
  }

  private void build(Peer peer, float[][] rows) throws IOException {
    IOUtils.rm(work);
    Files.createDirectories(work);
    peer.build(rows, new IndexFolders(work), 10, indexThreads);
  }

  private void search(PeerIndex.RowSearcher searcher, float[][] queries, double time)
      throws IOException {
    Setting setting = new Setting("omendb", "depth", depth, false);
    long end = System.nanoTime() + (long) (time * 1e9);
    for (int q = 0; System.nanoTime() < end; q++) {
      searcher.search(queries[q % queries.length], K, setting, null);
    }
  }
}
