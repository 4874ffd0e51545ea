/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.benchmarks;

import io.omendb.lucene.quantize.Parallel;
import io.omendb.lucene.search.BlockShape;
import io.omendb.lucene.search.PointShape;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Which shape should the bottom layer have: blocks of codes under representatives, or an HNSW graph
 * over single vectors? Both get the same codebook, codes, kernels, query tables, and the same
 * rerank on raw vectors in memory.
 *
 * <p>It drives the format's public building blocks on the heap, not the format itself. A segment
 * has one depth written into it, which moves the scan and the rerank together and stops by its own
 * rule; here the two move apart, so that each shape shows the best it can do at a recall. And
 * neither Lucene's searcher nor file access stands between the shapes and the clock. What it cannot
 * show is what the format adds: the stop rule, and a direct look at the codes of few accepted
 * vectors, which would serve both shapes alike.
 *
 * <p>From the root of the project:
 *
 * <pre>
 * mvn -q -pl benchmarks -am compile exec:exec -Dbenchmark=BakeOff -Dargs="--rounds=5"
 * mvn -q -pl benchmarks -am compile exec:exec -Dbenchmark=BakeOff -Dheap=16g -Dargs="--perturbed=1000000"
 * </pre>
 */
@Command(
    name = "BakeOff",
    sortOptions = false,
    description = "Compares blocks of codes with a graph over single vectors.")
public final class BakeOff implements Callable<Integer> {
  @Mixin private CommonOptions common;
  @Spec private CommandSpec spec;

  @Option(
      names = "--sets",
      split = ",",
      defaultValue = "wordnet-dual-768,glove-100",
      description = "Vector sets (default: ${DEFAULT-VALUE}).")
  private List<String> sets;

  @Option(
      names = "--perturbed",
      paramLabel = "N",
      defaultValue = "0",
      description = "Also N vectors made of the first set by adding noise; 0 for none.")
  private int perturbed;

  @Option(
      names = "--noise",
      defaultValue = "0.5",
      description = "Length of that noise, as a share of the vector's (default: ${DEFAULT-VALUE}).")
  private double noise;

  @Option(
      names = "--queries",
      defaultValue = "2000",
      description = "Queries (default: ${DEFAULT-VALUE}).")
  private int queryCount;

  @Option(
      names = "--perturbed-queries",
      defaultValue = "500",
      description = "Queries of the perturbed set (default: ${DEFAULT-VALUE}).")
  private int perturbedQueries;

  @Option(
      names = "--rounds",
      defaultValue = "5",
      description = "Timed rounds (default: ${DEFAULT-VALUE}).")
  private int rounds;

  @Option(names = "--k", defaultValue = "10", description = "Answers (default: ${DEFAULT-VALUE}).")
  private int k;

  @Option(
      names = "--ef",
      split = ",",
      defaultValue = "20,40,80,120,200,320,500,800",
      description =
          "Nodes kept while walking points (default: ${DEFAULT-VALUE}); under a filter only those"
              + " for which the walk need not see a third of all vectors.")
  private List<Integer> widths;

  @Option(
      names = "--blocks",
      split = ",",
      defaultValue = "20,40,80,130,200,300,500,800,1300,2000",
      description =
          "Blocks scanned (default: ${DEFAULT-VALUE}); under a filter more by the square root of"
              + " what it turns down, and all.")
  private List<Integer> blocks;

  @Option(
      names = "--shortlists",
      split = ",",
      defaultValue = "50,100,200,400",
      description = "Vectors reranked (default: ${DEFAULT-VALUE}).")
  private List<Integer> shortlists;

  @Option(
      names = "--filters",
      split = ",",
      defaultValue = "0.1,0.01",
      description = "Shares that random filters accept (default: ${DEFAULT-VALUE}).")
  private List<Double> filters;

  @Option(
      names = "--max-conn",
      defaultValue = "16",
      description = "Links of a graph (default: ${DEFAULT-VALUE}).")
  private int maxConn;

  @Option(
      names = "--beam-width",
      defaultValue = "100",
      description = "Beam while building a graph (default: ${DEFAULT-VALUE}).")
  private int beamWidth;

  @Option(
      names = "--graph-threshold",
      defaultValue = "8192",
      description = "Blocks from which a graph leads to them (default: ${DEFAULT-VALUE}).")
  private int graphThreshold;

  private final BakeOffTables tables = new BakeOffTables();

  /** Runs with the options that {@code --help} lists. */
  public static void main(String[] args) {
    System.exit(CommonOptions.run(new BakeOff(), args));
  }

  @Override
  public Integer call() throws IOException {
    try (Threads threads = common.threads()) {
      for (String name : common.sets(sets)) {
        VectorSet set = common.read(name);
        float[][] base = VectorSet.unitLength(set.base());
        compare(set.name(), base, sampled(set, queryCount), threads.parallel());
        if (perturbed > 0 && name.equals(common.sets(sets).get(0))) {
          String perturbedName = set.name() + " x " + perturbed;
          System.err.println(perturbedName);
          float[][] drawn = PerturbedSet.draw(base, perturbed, noise);
          compare(perturbedName, drawn, sampled(set, perturbedQueries), threads.parallel());
        }
      }
    }
    CommandLine.ParseResult arguments = spec.commandLine().getParseResult();
    common.report("BakeOff", arguments, tables.summaries(), tables.figures());
    return 0;
  }

  private static float[][] sampled(VectorSet set, int wanted) {
    int[] sample = VectorSet.sample(set.queries().length, wanted);
    return VectorSet.unitLength(VectorSet.choose(set.queries(), sample));
  }

  private void compare(String set, float[][] base, float[][] queries, Parallel parallel)
      throws IOException {
    RandomFilters masks = new RandomFilters(base.length, filters);
    ExactSearch.Answers answers =
        new ExactSearch(base, parallel).answers(queries, k, masks.count(), masks.filtersOfRow());
    CodedVectors coded = CodedVectors.of(base);
    BlockShape blockShape = new BlockShape(coded, maxConn, beamWidth, graphThreshold);
    PointShape pointShape = new PointShape(coded, maxConn, beamWidth);
    tables.built(set, coded, blockShape);
    tables.built(set, coded, pointShape);
    Race race = new Race(coded, queries, k, rounds);
    for (int f = 0; f < masks.count(); f++) {
      List<Race.Result> results =
          race.run(
              "race, filter " + masks.name(f),
              settings(blockShape, pointShape, masks.share(f)),
              masks.accepted(f),
              answers.bars()[f],
              answers.size(f));
      tables.raced(set, masks.name(f), results);
    }
  }

  private List<Race.Setting> settings(BlockShape blockShape, PointShape pointShape, double share) {
    Set<Race.Setting> settings = new LinkedHashSet<>();
    for (int shortlist : shortlists) {
      for (int width : widths) {
        if (share < 1 && 3 * width / share > pointShape.count()) {
          continue;
        }
        settings.add(new Race.Setting(pointShape, width, Math.min(width, shortlist)));
      }
      for (int number : blocks) {
        int scaled = (int) Math.round(number / Math.sqrt(share));
        settings.add(
            new Race.Setting(blockShape, Math.min(blockShape.blocks(), scaled), shortlist));
      }
      if (share < 1) {
        settings.add(new Race.Setting(blockShape, blockShape.blocks(), shortlist));
      }
    }
    return List.copyOf(settings);
  }
}
