/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.benchmarks.compare;

import io.omendb.benchmarks.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * All situations of one set. Figures of finished situations are kept beside the indexes, so that a
 * run that was stopped can go on.
 */
public final class Comparison {
  private final SetRun run;
  private final boolean resume;
  private final String settings;

  /**
   * Prepares to compare.
   *
   * @param rows of unit length
   * @param work folder for indexes and figures of this set
   * @param resume whether to take over what was measured there with the same settings
   * @param settings what figures must have been measured with to be taken over
   */
  public Comparison(
      String set,
      float[][] rows,
      Truth truth,
      Path work,
      Plan plan,
      boolean resume,
      String settings) {
    this.run = new SetRun(set, rows, truth, work, plan);
    this.resume = resume;
    this.settings = settings;
  }

  /** Builds what is not built yet, and measures. */
  public List<Figure> run(List<Situation> situations) throws IOException {
    List<Figure> figures = new ArrayList<>();
    for (Peer peer : run.plan().peers()) {
      System.err.println("  " + peer.name());
      Files.createDirectories(run.work().resolve(peer.name()));
      figures.addAll(new BuiltIndexes(peer, run.set(), run.rows(), run.work(), run.plan()).build());
    }
    for (Situation situation : situations) {
      figures.addAll(figures(situation));
    }
    return figures;
  }

  private List<Figure> figures(Situation situation) throws IOException {
    Path file = run.work().resolve(situation.text() + "-k" + run.truth().k() + ".csv");
    String first = "# " + settings;
    if (resume && Files.exists(file) && Files.readAllLines(file).get(0).equals(first)) {
      return FigureFile.read(file).figures();
    }
    List<Figure> figures = measure(situation);
    Table table = FigureFile.table(figures);
    Files.writeString(file, first + "\n" + table.csv());
    return figures;
  }

  private List<Figure> measure(Situation situation) throws IOException {
    CurveRuns curves = new CurveRuns(run);
    return switch (situation) {
      case ONE -> curves.one();
      case MANY -> curves.many();
      case FILTERS -> curves.filters();
      case MEMORY -> curves.memory();
      case INDEXING -> new WhileIndexing(run).measure();
      case COLD -> new ColdStart(run).measure();
    };
  }
}
