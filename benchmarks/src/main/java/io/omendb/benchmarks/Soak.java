/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.benchmarks;

import static java.util.Locale.ROOT;

import io.omendb.benchmarks.plot.SoakPlot;
import io.omendb.benchmarks.soak.Outcome;
import io.omendb.benchmarks.soak.SoakBounds;
import io.omendb.benchmarks.soak.SoakPlan;
import io.omendb.benchmarks.soak.SoakPoint;
import io.omendb.benchmarks.soak.SoakRun;
import io.omendb.benchmarks.soak.Verdict;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.lucene.util.IOUtils;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Does an index stay what it is under steady use? Ends with exit code 1 when a document was lost,
 * recall fell, or memory, handles, threads or files grew.
 *
 * <p>From the root of the project; all heap is touched at the start, so that what else grows can be
 * seen:
 *
 * <pre>
 * mvn -q -pl benchmarks -am compile exec:exec -Dbenchmark=Soak -Dheap="2g -Xms2g -XX:+AlwaysPreTouch" -Dargs="--minutes=60"
 * </pre>
 */
@Command(
    name = "Soak",
    sortOptions = false,
    description = {
      "Keeps an index under steady use: changes, commits, merges, restarts, searches. Records"
          + " recall, rates and resources over time, draws them and judges."
    })
public final class Soak implements Callable<Integer> {
  @Mixin private CommonOptions common;
  @Mixin private SoakBounds bounds;
  @Spec private CommandSpec spec;

  @Option(
      names = "--set",
      defaultValue = "wordnet-dual-768",
      description = "Vector set (default: ${DEFAULT-VALUE}).")
  private String set;

  @Option(
      names = "--minutes",
      defaultValue = "60",
      description = "Time under use (default: ${DEFAULT-VALUE}).")
  private double minutes;

  @Option(
      names = "--points",
      defaultValue = "300",
      description = "Records over that time (default: ${DEFAULT-VALUE}).")
  private int points;

  @Option(
      names = "--documents",
      defaultValue = "50000",
      description = "Live documents (default: ${DEFAULT-VALUE}).")
  private int documents;

  @Option(
      names = "--changes",
      paramLabel = "RATE",
      defaultValue = "500",
      description =
          "Changes a second, at most: a fifth of them deletions, the others updates and additions"
              + " (default: ${DEFAULT-VALUE}).")
  private double changes;

  @Option(
      names = "--searches",
      paramLabel = "RATE",
      defaultValue = "200",
      description =
          "Searches a second, at most: half of them under a filter that a tenth of the documents"
              + " passes (default: ${DEFAULT-VALUE}).")
  private double searches;

  @Option(
      names = "--searchers",
      defaultValue = "2",
      description = "Threads that search (default: ${DEFAULT-VALUE}).")
  private int searchers;

  @Option(
      names = "--queries",
      defaultValue = "100",
      description =
          "Searches of each record that are held against an exact scan of the same snapshot, once"
              + " with the filter and once without (default: ${DEFAULT-VALUE}).")
  private int queries;

  @Option(
      names = "--commits",
      defaultValue = "360",
      description = "Commits over the time (default: ${DEFAULT-VALUE}).")
  private int commits;

  @Option(
      names = "--forced-merges",
      defaultValue = "11",
      description = "Merges into one segment over the time (default: ${DEFAULT-VALUE}).")
  private int forcedMerges;

  @Option(
      names = "--restarts",
      defaultValue = "8",
      description =
          "Times that writer and directory are closed and opened again (default:"
              + " ${DEFAULT-VALUE}).")
  private int restarts;

  @Option(
      names = "--seed",
      defaultValue = "7",
      description =
          "Of changes and queries; when each comes is up to the threads (default:"
              + " ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--work",
      paramLabel = "DIR",
      defaultValue = "benchmarks/target/soak",
      description =
          "Where the index is built, and deleted if all is well (default: ${DEFAULT-VALUE}).")
  private Path work;

  @Option(
      names = "--plots",
      paramLabel = "DIR",
      defaultValue = "src/site/resources/plots",
      description = "Where the plot goes (default: ${DEFAULT-VALUE}).")
  private Path plots;

  /** Runs with the options that {@code --help} lists. */
  public static void main(String[] args) {
    System.setProperty("java.awt.headless", "true");
    System.exit(CommonOptions.run(new Soak(), args));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    SoakPlan plan =
        new SoakPlan(
            60 * minutes,
            points,
            documents,
            changes,
            searches,
            searchers,
            queries,
            commits,
            forcedMerges,
            restarts,
            seed);
    VectorSet vectors = common.read(common.sets(List.of(set)).get(0));
    Path folder = work.resolve("index");
    IOUtils.rm(folder);
    Outcome outcome =
        new SoakRun(
                plan,
                folder,
                VectorSet.unitLength(vectors.base()),
                VectorSet.unitLength(vectors.queries()))
            .run();
    if (outcome.failure() != null) {
      outcome.failure().printStackTrace(spec.commandLine().getErr());
    }
    Checks checks = Verdict.of(vectors.name(), outcome, bounds);
    String summary = summary(outcome, checks.missed());
    List<String> notes = new ArrayList<>(List.of(summary));
    checks.table().csv().lines().skip(1).forEach(notes::add);
    common.report(
        "Soak",
        spec.commandLine().getParseResult(),
        notes,
        List.of(checks.table()),
        SoakPoint.table(outcome.points()));
    SoakPlot.draw(outcome.points(), plots);
    System.out.println(summary);
    if (checks.missed() > 0) {
      return 1;
    }
    IOUtils.rm(folder);
    return 0;
  }

  private String summary(Outcome outcome, int missed) {
    SoakPoint last = outcome.points().isEmpty() ? null : outcome.points().getLast();
    return String.format(
        ROOT,
        "%.0f s: %,d changes, %,d commits, %.0f forced merges, %.0f restarts, %,d searches; %s",
        last == null ? 0 : last.get(SoakPoint.Measure.SECONDS),
        outcome.changes(),
        outcome.commits(),
        last == null ? 0 : last.get(SoakPoint.Measure.FORCED_MERGES),
        last == null ? 0 : last.get(SoakPoint.Measure.RESTARTS),
        outcome.searches(),
        missed == 0 ? "all bounds are met" : missed + " bounds are missed");
  }
}
