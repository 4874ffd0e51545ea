/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.benchmarks;

import io.omendb.benchmarks.compare.Comparison;
import io.omendb.benchmarks.compare.EqualRecall;
import io.omendb.benchmarks.compare.Figure;
import io.omendb.benchmarks.compare.FigureFile;
import io.omendb.benchmarks.compare.IndexCosts;
import io.omendb.benchmarks.compare.Peer;
import io.omendb.benchmarks.compare.Peers;
import io.omendb.benchmarks.compare.Plan;
import io.omendb.benchmarks.compare.Situation;
import io.omendb.benchmarks.compare.Truth;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Compares the format with Lucene's formats and with JVector on real vectors, all in one run:
 * recall, queries a second at equal recall, latency, index rate, bytes. Vectors are scaled to unit
 * length first and compared by dot product, which is what each engine is quickest at.
 *
 * <p>From the root of the project:
 *
 * <pre>
 * mvn -q -pl benchmarks -am compile exec:exec -Dbenchmark=SideBySide -Dargs="--quick"
 * mvn -q -pl benchmarks -am compile exec:exec -Dbenchmark=SideBySide -Dargs="--sets=glove-100"
 * </pre>
 */
@Command(
    name = "SideBySide",
    sortOptions = false,
    description = "Compares the format with Lucene's formats and with JVector.")
public final class SideBySide implements Callable<Integer> {
  /** Indexes that are quick to build are built so often. */
  private static final int BUILDS = 3;

  private static final int QUICK_LIMIT = 20_000;
  private static final int QUICK_RATE_ROWS = 4_000;
  private static final int QUICK_QUERIES = 200;
  private static final double QUICK_SECONDS = .1;

  @Mixin private CommonOptions common;
  @Spec private CommandSpec spec;

  @Option(
      names = "--sets",
      split = ",",
      defaultValue = "wordnet-dual-768,wordnet-minilm-384,glove-100",
      description = "Vector sets (default: ${DEFAULT-VALUE}).")
  private List<String> sets;

  @Option(
      names = "--peers",
      split = ",",
      description =
          "Some of omendb, lucene-float, lucene-1bit, lucene-2bit, lucene-4bit, lucene-8bit,"
              + " jvector-pq32, jvector-default (default: all).")
  private List<String> peers = new ArrayList<>(Peers.all().keySet());

  @Option(
      names = "--situations",
      split = ",",
      defaultValue = "one,many,filters,memory,indexing,cold",
      description =
          "Situations of the first set, some of one, many, filters, memory, indexing, cold (default:"
              + " all).")
  private List<String> situations;

  @Option(
      names = "--other-situations",
      split = ",",
      defaultValue = "one",
      description = "Situations of all sets but the first (default: ${DEFAULT-VALUE}).")
  private List<String> otherSituations;

  @Option(
      names = "--quick",
      description =
          "The first set only, its first 20,000 vectors, 200 queries, the first k, one round of 0.1"
              + " seconds.")
  private boolean quick;

  @Option(names = "--limit", description = "Take only so many vectors of each set.")
  private int limit = Integer.MAX_VALUE;

  @Option(
      names = "--k",
      split = ",",
      defaultValue = "10,100",
      description =
          "Answers wanted: the first in all situations, others in one segment of the first set"
              + " (default: ${DEFAULT-VALUE}).")
  private List<Integer> ks;

  @Option(
      names = "--queries",
      defaultValue = "400",
      description = "Queries (default: ${DEFAULT-VALUE}).")
  private int queries;

  @Option(
      names = "--search-threads",
      split = ",",
      defaultValue = "1,2",
      description = "Threads that search one segment; elsewhere one does (default: 1,2).")
  private List<Integer> searchThreads;

  @Option(
      names = "--index-threads",
      defaultValue = "2",
      description = "Threads that index all vectors (default: ${DEFAULT-VALUE}).")
  private int indexThreads;

  @Option(
      names = "--rate-rows",
      defaultValue = "10000",
      description = "Vectors that one thread indexes for its rate (default: ${DEFAULT-VALUE}).")
  private int rateRows;

  @Option(
      names = "--segments",
      defaultValue = "10",
      description = "Segments of the index that has several (default: ${DEFAULT-VALUE}).")
  private int segments;

  @Option(
      names = "--rounds",
      defaultValue = "3",
      description = "Rounds, after one to warm up (default: ${DEFAULT-VALUE}).")
  private int rounds;

  @Option(
      names = "--seconds",
      defaultValue = "0.2",
      description = "Time of each point in each round (default: ${DEFAULT-VALUE}).")
  private double seconds;

  @Option(
      names = "--filters",
      split = ",",
      defaultValue = "0.5,0.1,0.01,0.001",
      description = "Shares of the vectors that filters accept (default: ${DEFAULT-VALUE}).")
  private List<Double> shares;

  @Option(
      names = "--memory",
      defaultValue = "0.2",
      description =
          "Page cache of each peer where memory is limited, as a share of the bytes of the raw"
              + " vectors (default: ${DEFAULT-VALUE}).")
  private double memory;

  @Option(
      names = "--work",
      paramLabel = "DIR",
      defaultValue = "benchmarks/target/side-by-side",
      description =
          "Where indexes are built, and kept for the next run (default: ${DEFAULT-VALUE}).")
  private Path work;

  @Option(
      names = "--resume",
      description = "Take over situations that a stopped run with the same options has measured.")
  private boolean resume;

  /** Runs with the options that {@code --help} lists. */
  public static void main(String[] args) {
    System.exit(CommonOptions.run(new SideBySide(), args));
  }

  @Override
  public Integer call() throws IOException {
    if (quick) {
      sets = sets.subList(0, 1);
      ks = ks.subList(0, 1);
      limit = Math.min(limit, QUICK_LIMIT);
      rateRows = Math.min(rateRows, QUICK_RATE_ROWS);
      queries = Math.min(queries, QUICK_QUERIES);
      rounds = 1;
      seconds = Math.min(seconds, QUICK_SECONDS);
    }
    List<Peer> compared = Peers.named(peers);
    Plan plan =
        new Plan(
            compared,
            searchThreads,
            indexThreads,
            quick ? 1 : BUILDS,
            rateRows,
            segments,
            rounds,
            seconds,
            shares,
            memory);
    String settings =
        List.of(
                peers,
                queries,
                searchThreads,
                indexThreads,
                segments,
                rounds,
                seconds,
                shares,
                memory)
            .toString();
    List<Figure> figures = new ArrayList<>();
    try (Threads threads = common.threads()) {
      for (String name : sets) {
        VectorSet set = common.read(name);
        int count = Math.min(limit, set.base().length);
        float[][] rows = VectorSet.unitLength(Arrays.copyOf(set.base(), count));
        int[] sample = VectorSet.sample(set.queries().length, queries);
        float[][] asked = VectorSet.unitLength(VectorSet.choose(set.queries(), sample));
        for (int k : name.equals(sets.get(0)) ? ks : ks.subList(0, 1)) {
          Truth truth = new Truth(rows, asked, k, shares, threads.parallel());
          Path folder = work.resolve(name + "-" + count);
          figures.addAll(
              new Comparison(name, rows, truth, folder, plan, resume, settings)
                  .run(situations(name, k)));
        }
      }
    }
    List<Figure> distinct = List.copyOf(new LinkedHashSet<>(figures));
    List<String> notes =
        compared.stream().map(peer -> peer.name() + ": " + peer.description()).toList();
    common.report(
        "SideBySide",
        spec.commandLine().getParseResult(),
        notes,
        List.of(IndexCosts.table(distinct), EqualRecall.table(distinct)),
        FigureFile.table(distinct));
    return 0;
  }

  private List<Situation> situations(String set, int k) {
    if (k != ks.get(0)) {
      return List.of(Situation.ONE);
    }
    List<String> names = set.equals(sets.get(0)) ? situations : otherSituations;
    return names.stream().map(Situation::of).toList();
  }
}
