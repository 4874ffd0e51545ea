/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.lucene.util.IOUtils;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Does the product keep its promises on real vectors? Indexes are written with default options and
 * searched with Lucene's own query, nothing else. Ends with exit code 1 when a bound is missed.
 *
 * <p>From the root of the project:
 *
 * <pre>
 * mvn -q -pl benchmarks -am compile exec:exec -Dbenchmark=Acceptance -Dargs="--quick"
 * mvn -q -pl benchmarks -am compile exec:exec -Dbenchmark=Acceptance -Dargs="--sets=glove-100"
 * </pre>
 */
@Command(
    name = "Acceptance",
    sortOptions = false,
    description = "Checks recall, bytes and reads of the format on real vector sets.")
public final class Acceptance implements Callable<Integer> {
  private static final int QUICK_QUERIES = 300;

  @Mixin private CommonOptions common;
  @Mixin private Bounds bounds;
  @Spec private CommandSpec spec;

  @Option(
      names = "--sets",
      split = ",",
      defaultValue = "wordnet-dual-768,wordnet-minilm-384,glove-100",
      description = "Vector sets (default: ${DEFAULT-VALUE}).")
  private List<String> sets;

  @Option(
      names = "--quick",
      description = "Only recall and filters, on the first set, with 300 queries.")
  private boolean quick;

  @Option(
      names = "--queries",
      defaultValue = "2000",
      description = "Queries (default: ${DEFAULT-VALUE}).")
  private int queries;

  @Option(
      names = "--filter-queries",
      defaultValue = "500",
      description = "Queries under each filter (default: ${DEFAULT-VALUE}).")
  private int filterQueries;

  @Option(
      names = "--commits",
      defaultValue = "200",
      description = "Commits of the index that is written bit by bit (default: ${DEFAULT-VALUE}).")
  private int commits;

  @Option(
      names = "--update-rounds",
      defaultValue = "20",
      description = "Rounds that update 5 %% of the documents each (default: ${DEFAULT-VALUE}).")
  private int updateRounds;

  @Option(
      names = "--work",
      paramLabel = "DIR",
      defaultValue = "benchmarks/target/acceptance",
      description = "Where indexes are built, and deleted after use (default: ${DEFAULT-VALUE}).")
  private Path work;

  /** Runs with the options that {@code --help} lists. */
  public static void main(String[] args) {
    System.exit(CommonOptions.run(new Acceptance(), args));
  }

  @Override
  public Integer call() throws IOException {
    Checks checks = new Checks();
    try (Threads threads = common.threads()) {
      for (String name : common.sets(quick ? sets.subList(0, 1) : sets)) {
        VectorSet set = common.read(name);
        int wanted = quick ? Math.min(queries, QUICK_QUERIES) : queries;
        Path folder = work.resolve(set.name());
        // Only what this program has named itself.
        IOUtils.rm(folder.resolve("main"), folder.resolve("commits"));
        try {
          SetAcceptance acceptance =
              new SetAcceptance(set, wanted, bounds, checks, folder, threads.parallel());
          acceptance.checkSegments();
          acceptance.checkMerged(filterQueries);
          if (!quick) {
            acceptance.checkBytes();
            acceptance.checkCommits(commits);
            acceptance.checkUpdates(updateRounds);
          }
        } finally {
          IOUtils.rm(folder.resolve("main"), folder.resolve("commits"));
        }
      }
    }
    common.report(
        "Acceptance", spec.commandLine().getParseResult(), List.of(checks.table()), checks.table());
    System.out.println(
        checks.missed() == 0 ? "All bounds are met." : checks.missed() + " bounds are missed.");
    return checks.missed() == 0 ? 0 : 1;
  }
}
