/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.benchmarks;

import static java.util.Locale.ROOT;

import io.omendb.lucene.quantize.Parallel;
import io.omendb.lucene.search.CodeScan;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * How good are the codes? Scans the codes of all vectors and tells which share of the true
 * neighbours is among the best so many: the most that any search over the codes can hand to the
 * rerank. It does so by sums of floats and by the 8-bit table of the format.
 *
 * <p>From the root of the project:
 *
 * <pre>
 * mvn -q -pl benchmarks -am compile exec:exec -Dbenchmark=CodeRecall -Dargs="--sets=glove-100"
 * </pre>
 */
@Command(
    name = "CodeRecall",
    sortOptions = false,
    description = "Recall of shortlists made by scanning all codes.")
public final class CodeRecall implements Callable<Integer> {
  /** Queries scanned by one thread at a time. */
  private static final int CHUNK = 16;

  @Mixin private CommonOptions common;
  @Spec private CommandSpec spec;

  @Option(
      names = "--sets",
      split = ",",
      defaultValue = "wordnet-dual-768,wordnet-minilm-384,glove-100",
      description = "Vector sets (default: ${DEFAULT-VALUE}).")
  private List<String> sets;

  @Option(
      names = "--queries",
      defaultValue = "2000",
      description = "Queries (default: ${DEFAULT-VALUE}).")
  private int queryCount;

  @Option(
      names = "--k",
      defaultValue = "10",
      description = "True neighbours sought (default: ${DEFAULT-VALUE}).")
  private int k;

  @Option(
      names = "--depths",
      split = ",",
      defaultValue = "10,20,50,100,200,400",
      description = "Lengths of shortlists (default: ${DEFAULT-VALUE}).")
  private List<Integer> depths;

  @Option(
      names = "--weights",
      split = ",",
      defaultValue = "0,0.3,0.5,0.6,0.7,0.8,1",
      description =
          "Weights of the length of what codes stand for, 0 for dot products, 1 for distances; sums"
              + " of floats (default: ${DEFAULT-VALUE}).")
  private List<Float> weights;

  private Table table;

  /** Runs with the options that {@code --help} lists. */
  public static void main(String[] args) {
    System.exit(CommonOptions.run(new CodeRecall(), args));
  }

  @Override
  public Integer call() throws IOException {
    if (Collections.min(depths) < 1 || k < 1 || queryCount < 1) {
      throw new IOException(
          String.format(
              ROOT,
              "--depths, --k and --queries must be at least 1; are %s, %d, %d",
              depths,
              k,
              queryCount));
    }
    List<String> columns =
        new ArrayList<>(List.of("set", "dimension", "vectors", "code B", "depth"));
    weights.forEach(weight -> columns.add("recall, weight " + weight));
    columns.add("recall, 8 bits");
    table = new Table(columns.toArray(String[]::new));
    try (Threads threads = common.threads()) {
      for (String name : common.sets(sets)) {
        measure(common.read(name), threads.parallel());
      }
    }
    common.report("CodeRecall", spec.commandLine().getParseResult(), List.of(table), table);
    return 0;
  }

  private void measure(VectorSet set, Parallel parallel) throws IOException {
    float[][] base = VectorSet.unitLength(set.base());
    int[] sample = VectorSet.sample(set.queries().length, queryCount);
    float[][] queries = VectorSet.unitLength(VectorSet.choose(set.queries(), sample));
    ExactSearch exact = new ExactSearch(base, parallel);
    ExactSearch.Answers answers = exact.answers(queries, k);
    CodedVectors coded = CodedVectors.of(base);
    CodeScan scan = new CodeScan(coded);
    int deepest = Collections.max(depths);
    double[][][] byFloats = new double[weights.size()][queries.length][];
    double[][] byTable = new double[queries.length][];
    Progress progress = new Progress("scan", queries.length);
    parallel.forRange(
        queries.length,
        CHUNK,
        (from, to) -> {
          CodeScan.Scanner scanner = scan.scanner();
          for (int q = from; q < to; q++) {
            float bar = answers.bars()[0][q];
            int size = answers.size(0);
            for (int w = 0; w < weights.size(); w++) {
              int[] found = scanner.byFloats(queries[q], deepest, weights.get(w));
              byFloats[w][q] = recall(exact, queries[q], found, bar, size);
            }
            byTable[q] = recall(exact, queries[q], scanner.byTable(queries[q], deepest), bar, size);
          }
          progress.step(to - from);
        });
    progress.done();
    for (int i = 0; i < depths.size(); i++) {
      List<String> cells = new ArrayList<>();
      cells.add(set.name());
      cells.add(String.valueOf(set.dimension()));
      cells.add(String.valueOf(base.length));
      cells.add(String.valueOf(coded.codebook().subspaces()));
      cells.add(String.valueOf(depths.get(i)));
      for (double[][] byWeight : byFloats) {
        cells.add(mean(byWeight, i));
      }
      cells.add(mean(byTable, i));
      table.add(cells.toArray(String[]::new));
    }
  }

  /**
   * Share of the true answers within each depth of a shortlist; equal rows count as one another.
   */
  private double[] recall(ExactSearch exact, float[] query, int[] shortlist, float bar, int size) {
    int[] found = new int[shortlist.length + 1];
    for (int i = 0; i < shortlist.length; i++) {
      found[i + 1] =
          found[i] + (ExactSearch.reaches(exact.score(query, shortlist[i]), bar) ? 1 : 0);
    }
    return depths.stream()
        .mapToDouble(
            depth -> Math.min(1.0, (double) found[Math.min(depth, shortlist.length)] / size))
        .toArray();
  }

  private static String mean(double[][] recall, int depth) {
    double sum = 0;
    for (double[] ofQuery : recall) {
      sum += ofQuery[depth];
    }
    return String.format(ROOT, "%.4f", sum / recall.length);
  }
}
