/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.benchmarks;

import io.omendb.benchmarks.compare.Agreement;
import io.omendb.benchmarks.compare.Figure;
import io.omendb.benchmarks.compare.FigureFile;
import io.omendb.benchmarks.compare.MergeHeap;
import io.omendb.benchmarks.compare.OntoFilled;
import io.omendb.benchmarks.compare.Peers;
import io.omendb.benchmarks.compare.Plan;
import io.omendb.benchmarks.compare.Sizes;
import io.omendb.benchmarks.compare.Truth;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Questions that {@link SideBySide} leaves open: whether Lucene's formats come out as elsewhere,
 * how queries slow down as an index grows, whether indexing does, and the heap of a large merge.
 *
 * <p>From the root of the project:
 *
 * <pre>
 * mvn -q -pl benchmarks -am compile exec:exec -Dbenchmark=Further -Dargs="--parts=sizes,onto"
 * mvn -q -pl benchmarks -am compile exec:exec -Dbenchmark=Further -Dheap=14g -Dargs="--parts=merge"
 * </pre>
 */
@Command(
    name = "Further",
    sortOptions = false,
    description = "Agreement with other measurements, growth of an index, heap of a large merge.")
public final class Further implements Callable<Integer> {
  private static final int K = 10;
  private static final double NOISE = .2;

  @Mixin private CommonOptions common;
  @Spec private CommandSpec spec;

  @Option(
      names = "--parts",
      split = ",",
      defaultValue = "agreement,sizes,onto",
      description =
          "Some of agreement (recall and graph bytes of Lucene's formats, built by one thread),"
              + " sizes (queries of a small and of the whole set), onto (rate of adding to an empty"
              + " and to a filled index), merge (heap of merging many vectors; default:"
              + " ${DEFAULT-VALUE}).")
  private List<String> parts;

  @Option(
      names = "--set",
      defaultValue = "wordnet-dual-768",
      description = "Set of all parts but sizes (default: ${DEFAULT-VALUE}).")
  private String set;

  @Option(
      names = "--sizes-set",
      defaultValue = "glove-100",
      description = "Set of the part sizes (default: ${DEFAULT-VALUE}).")
  private String sizesSet;

  @Option(
      names = "--small",
      defaultValue = "10000",
      description = "First vectors that are the small index (default: ${DEFAULT-VALUE}).")
  private int small;

  @Option(
      names = "--held",
      defaultValue = "100000",
      description = "Vectors in the filled index (default: ${DEFAULT-VALUE}).")
  private int held;

  @Option(
      names = "--large",
      defaultValue = "1000000",
      description =
          "Vectors merged: rows of the set with noise a fifth as long (default: ${DEFAULT-VALUE}).")
  private int large;

  @Option(
      names = "--peers",
      split = ",",
      defaultValue = "omendb,lucene-float",
      description = "Formats compared where agreement is not the question (default: both).")
  private List<String> peers;

  @Option(
      names = "--queries",
      defaultValue = "2000",
      description = "Queries (default: ${DEFAULT-VALUE}).")
  private int queries;

  @Option(
      names = "--index-threads",
      defaultValue = "2",
      description = "Threads that index (default: ${DEFAULT-VALUE}).")
  private int indexThreads;

  @Option(
      names = "--rounds",
      defaultValue = "3",
      description = "Rounds (default: ${DEFAULT-VALUE}).")
  private int rounds;

  @Option(
      names = "--seconds",
      defaultValue = "0.5",
      description = "Time of each point in each round (default: ${DEFAULT-VALUE}).")
  private double seconds;

  @Option(
      names = "--work",
      paramLabel = "DIR",
      defaultValue = "benchmarks/target/further",
      description = "Where indexes are built (default: ${DEFAULT-VALUE}).")
  private Path work;

  /** Runs with the options that {@code --help} lists. */
  public static void main(String[] args) {
    System.exit(CommonOptions.run(new Further(), args));
  }

  @Override
  public Integer call() throws IOException {
    Plan plan =
        new Plan(
            Peers.named(peers), List.of(1), indexThreads, 1, 1, 10, rounds, seconds, List.of(), 1);
    List<Figure> figures = new ArrayList<>();
    for (String part : parts) {
      figures.addAll(measure(part, plan));
    }
    Table table = FigureFile.table(figures);
    common.report("Further", spec.commandLine().getParseResult(), List.of(table), table);
    return 0;
  }

  private List<Figure> measure(String part, Plan plan) throws IOException {
    return switch (part) {
      case "agreement" -> {
        VectorSet all = common.read(set);
        float[][] rows = rows(all);
        yield Agreement.measure(set, rows, truth(all, rows), work);
      }
      case "sizes" -> {
        VectorSet all = common.read(sizesSet);
        float[][] rows = rows(all);
        List<Sizes.Size> sizes = new ArrayList<>();
        for (int size :
            IntStream.of(Math.min(small, rows.length), rows.length).distinct().toArray()) {
          float[][] first = Arrays.copyOf(rows, size);
          sizes.add(new Sizes.Size(first, truth(all, first)));
        }
        yield Sizes.measure(sizesSet, sizes, work, plan);
      }
      case "onto" -> {
        float[][] rows = rows(common.read(set));
        if (held < 1 || held >= rows.length) {
          throw new IllegalArgumentException(
              "--held must be in [1, " + (rows.length - 1) + "], is " + held);
        }
        yield OntoFilled.measure(set, rows, held, work, plan);
      }
      case "merge" -> {
        float[][] rows = PerturbedSet.draw(rows(common.read(set)), large, NOISE);
        yield MergeHeap.measure(set + " perturbed", rows, work, plan);
      }
      default ->
          throw new IllegalArgumentException("part must be one of those in --help, is " + part);
    };
  }

  private static float[][] rows(VectorSet all) {
    return VectorSet.unitLength(all.base());
  }

  private Truth truth(VectorSet all, float[][] rows) throws IOException {
    int[] sample = VectorSet.sample(all.queries().length, queries);
    float[][] asked = VectorSet.unitLength(VectorSet.choose(all.queries(), sample));
    try (Threads threads = common.threads()) {
      return new Truth(rows, asked, K, List.of(), threads.parallel());
    }
  }
}
