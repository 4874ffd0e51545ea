/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.benchmarks.plot;

import io.omendb.benchmarks.compare.EqualRecall;
import io.omendb.benchmarks.compare.Figure;
import io.omendb.benchmarks.compare.FigureFile;
import io.omendb.benchmarks.compare.IndexCosts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Draws plots from a result file and replaces the part of a page that shows it. */
public final class BenchmarksPage {
  private static final String BEGIN = "<!-- figures: begin -->";
  private static final String END = "<!-- figures: end -->";

  private final FigureFile file;

  /** A page of a result file. */
  public BenchmarksPage(FigureFile file) {
    this.file = file;
  }

  /** Draws all plots and returns the names of their files, without the endings. */
  public List<String> draw(Path folder) throws IOException {
    List<Figure> figures = file.figures();
    List<String> names = new ArrayList<>();
    names.addAll(RecallPlots.draw(figures, folder));
    names.addAll(BytesPlots.draw(figures, folder));
    names.addAll(RatePlots.draw(figures, folder));
    return names;
  }

  /**
   * Replaces what is between the marker comments.
   *
   * @param plots names of the plots
   * @param plotFolder where the page finds them
   */
  public void write(Path page, List<String> plots, String plotFolder) throws IOException {
    String text = Files.readString(page);
    int begin = text.indexOf(BEGIN);
    int end = text.indexOf(END);
    if (begin < 0 || end < begin) {
      throw new IOException(page + " must have the lines " + BEGIN + " and " + END);
    }
    String head = text.substring(0, begin + BEGIN.length());
    Files.writeString(page, head + "\n\n" + figures(plots, plotFolder) + text.substring(end));
  }

  private String figures(List<String> plots, String plotFolder) {
    StringBuilder text = new StringBuilder();
    text.append("All figures below are those of `").append(file.name()).append("`:\n\n");
    file.comments().forEach(line -> text.append("- ").append(line).append('\n'));
    text.append("\n### Queries a second at equal recall\n\n")
        .append(
            "Interpolated along each curve, queries a second in their logarithm. \"Not reached\"")
        .append(" says that no setting measured has that recall.\n\n")
        .append(EqualRecall.table(file.figures()).markdown())
        .append("\n### Latency of the quickest setting with a recall of .95\n\n")
        .append(LatencyTable.of(file.figures()).markdown())
        .append("\n### Indexing and bytes\n\n")
        .append("Bytes are those of a vector.\n\n")
        .append(IndexCosts.table(file.figures()).markdown())
        .append("\n### Cold, and while indexing\n\n")
        .append(SingleTable.of(file.figures()).markdown())
        .append("\n### Plots\n\n");
    for (String plot : plots) {
      text.append("![").append(plot.replace('-', ' ')).append("](");
      text.append(plotFolder).append('/').append(plot).append(".svg)\n\n");
    }
    return text.toString();
  }
}
