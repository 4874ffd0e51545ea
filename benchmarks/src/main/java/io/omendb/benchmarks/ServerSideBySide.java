/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.benchmarks;

import static java.util.Locale.ROOT;

import io.omendb.benchmarks.compare.ServerIndex;
import io.omendb.benchmarks.compare.ServerPeer;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * The OpenSearch plugin beside the k-NN plugin's engine {@code lucene}, on a running node that has
 * both. One client thread asks, over HTTP.
 *
 * <p>From the root of the project:
 *
 * <pre>
 * mvn -q -pl benchmarks -am compile exec:exec -Dbenchmark=ServerSideBySide \
 *   -Dargs="--node=http://localhost:9200"
 * </pre>
 */
@Command(
    name = "ServerSideBySide",
    sortOptions = false,
    description = "Compares the OpenSearch plugin with the k-NN plugin on a running node.")
public final class ServerSideBySide implements Callable<Integer> {
  private static final int K = 10;

  /** Rows indexed beforehand, so that nobody pays for compiling. */
  private static final int WARM_UP_ROWS = 6000;

  @Mixin private CommonOptions common;
  @Spec private CommandSpec spec;

  @Option(
      names = "--node",
      defaultValue = "http://localhost:9200",
      description = "Address of the node (default: ${DEFAULT-VALUE}).")
  private URI node;

  @Option(
      names = "--set",
      defaultValue = "wordnet-dual-768",
      description = "Vector set (default: ${DEFAULT-VALUE}).")
  private String setName;

  @Option(
      names = "--queries",
      defaultValue = "400",
      description = "Queries of each round (default: ${DEFAULT-VALUE}).")
  private int queryCount;

  @Option(
      names = "--rounds",
      defaultValue = "3",
      description = "Rounds that count; medians are told (default: ${DEFAULT-VALUE}).")
  private int rounds;

  @Option(
      names = "--clients",
      defaultValue = "2",
      description = "Threads that send bulk requests (default: ${DEFAULT-VALUE}).")
  private int clients;

  private final Table figures =
      new Table("peer", "measure", "option", "recall", "value", "unit", "least", "most");

  /** A way to ask a peer, and what came out. */
  private static final class Point {
    final ServerPeer peer;
    final ServerIndex index;
    final String option;
    final double[] medians;
    double recall;

    Point(ServerPeer peer, ServerIndex index, String option, int rounds) {
      this.peer = peer;
      this.index = index;
      this.option = option;
      this.medians = new double[rounds];
    }
  }

  public static void main(String[] arguments) {
    System.exit(CommonOptions.run(new ServerSideBySide(), arguments));
  }

  @Override
  public Integer call() throws Exception {
    VectorSet set = common.read(setName);
    List<Point> points = new ArrayList<>();
    List<String> notes = new ArrayList<>();
    for (ServerPeer peer : ServerPeer.ALL) {
      ServerIndex index = new ServerIndex(node, peer);
      fill(index, set, Math.min(WARM_UP_ROWS, set.base().length));
      index.merge();
      build(peer, index, set);
      notes.add(peer.name() + ": " + index.state() + "; " + peer.type());
      peer.options().forEach(option -> points.add(new Point(peer, index, option, rounds)));
    }
    notes.add("server: " + new ServerIndex(node, ServerPeer.ALL.get(0)).versions());
    search(points, set);
    common.report(
        "ServerSideBySide", spec.commandLine().getParseResult(), notes, tables(points), figures);
    return 0;
  }

  private void build(ServerPeer peer, ServerIndex index, VectorSet set) throws Exception {
    Progress adding = new Progress(peer.name() + ": adding", set.base().length);
    fill(index, set, set.base().length);
    index.flush();
    adding.step(set.base().length);
    adding.done();
    Progress merging = new Progress(peer.name() + ": merging", 1);
    index.merge();
    merging.step(1);
    merging.done();
    figure(peer, "adding", adding.seconds() - merging.seconds(), "s");
    figure(peer, "merging", merging.seconds(), "s");
    figure(peer, "index rate", set.base().length / adding.seconds(), "vectors/s");
    figure(peer, "disk", (double) index.bytes() / set.base().length, "bytes/vector");
  }

  /** Creates the index anew with the first rows. */
  private void fill(ServerIndex index, VectorSet set, int rows) throws Exception {
    index.create(set.dimension());
    try (ExecutorService threads = Executors.newFixedThreadPool(clients)) {
      List<Future<Void>> shares = new ArrayList<>();
      for (int share = 0; share < clients; share++) {
        int from = (int) ((long) share * rows / clients);
        int to = (int) ((long) (share + 1) * rows / clients);
        shares.add(threads.submit(index.adding(set.base(), from, to)));
      }
      for (Future<Void> share : shares) {
        share.get();
      }
    }
  }

  private void figure(ServerPeer peer, String measure, double value, String unit) {
    figures.add(peer.name(), measure, "", "", String.format(ROOT, "%.2f", value), unit, "", "");
  }

  /** Every round asks all points in turn; the first counts recall and warms up. */
  private void search(List<Point> points, VectorSet set) throws IOException, InterruptedException {
    int[] numbers = VectorSet.sample(set.queries().length, queryCount);
    Progress progress = new Progress("searching", (long) (rounds + 1) * points.size());
    for (int round = -1; round < rounds; round++) {
      for (Point point : points) {
        double[] millis = new double[numbers.length];
        long found = 0;
        for (int i = 0; i < numbers.length; i++) {
          float[] query = set.queries()[numbers[i]];
          long start = System.nanoTime();
          int[] rows = point.index.search(query, K, point.option);
          millis[i] = (System.nanoTime() - start) / 1e6;
          int[] truth = Arrays.copyOf(set.truth()[numbers[i]], K);
          found +=
              Arrays.stream(rows).filter(r -> Arrays.stream(truth).anyMatch(t -> t == r)).count();
        }
        Arrays.sort(millis);
        if (round >= 0) {
          point.medians[round] = millis[millis.length / 2];
        } else {
          point.recall = (double) found / (K * (long) numbers.length);
        }
        progress.step(1);
      }
    }
    progress.done();
    for (Point point : points) {
      Arrays.sort(point.medians);
      figures.add(
          point.peer.name(),
          "median latency",
          point.option.replace("\"", ""),
          String.format(ROOT, "%.4f", point.recall),
          String.format(ROOT, "%.3f", point.medians[rounds / 2]),
          "ms",
          String.format(ROOT, "%.3f", point.medians[0]),
          String.format(ROOT, "%.3f", point.medians[rounds - 1]));
    }
  }

  private List<Table> tables(List<Point> points) {
    Table table = new Table("peer", "ms at .90", "ms at .95", "ms at .99", "best recall");
    for (ServerPeer peer : ServerPeer.ALL) {
      List<Curve.Point> curve =
          points.stream()
              .filter(point -> point.peer.equals(peer))
              .map(point -> new Curve.Point(point.recall, 1e3 / point.medians[rounds / 2]))
              .toList();
      double best = curve.stream().mapToDouble(Curve.Point::recall).max().orElseThrow();
      table.add(
          peer.name(),
          millisAt(curve, .90),
          millisAt(curve, .95),
          millisAt(curve, .99),
          String.format(ROOT, "%.4f", best));
    }
    return List.of(table);
  }

  private static String millisAt(List<Curve.Point> points, double recall) {
    OptionalDouble qps = new Curve(points).qpsAt(recall);
    return qps.isPresent() ? String.format(ROOT, "%.2f", 1e3 / qps.getAsDouble()) : "not reached";
  }
}
