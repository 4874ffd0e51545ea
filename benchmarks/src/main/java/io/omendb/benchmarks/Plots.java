/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.benchmarks;

import io.omendb.benchmarks.compare.FigureFile;
import io.omendb.benchmarks.plot.BenchmarksPage;
import io.omendb.benchmarks.plot.SoakPlot;
import io.omendb.benchmarks.soak.SoakPoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Draws the plots and writes the tables of a result file of {@link SideBySide}, or the plot of one
 * of {@link Soak}; nothing is measured.
 *
 * <p>From the root of the project:
 *
 * <pre>
 * mvn -q -pl benchmarks -am compile exec:exec -Dbenchmark=Plots -Dargs="--results=benchmarks/results"
 * </pre>
 */
@Command(
    name = "Plots",
    sortOptions = false,
    description = "Draws plots and writes tables from a result file of SideBySide or Soak.")
public final class Plots implements Callable<Integer> {
  @Option(
      names = "--results",
      paramLabel = "DIR",
      defaultValue = "benchmarks/results",
      description = "Folder whose latest SideBySide file is shown (default: ${DEFAULT-VALUE}).")
  private Path results;

  @Option(
      names = "--file",
      paramLabel = "FILE",
      description = "Show this file instead; of a soak only the plot is drawn.")
  private Path file;

  @Option(
      names = "--plots",
      paramLabel = "DIR",
      defaultValue = "src/site/resources/plots",
      description = "Where plots go (default: ${DEFAULT-VALUE}).")
  private Path plots;

  @Option(
      names = "--page",
      paramLabel = "FILE",
      defaultValue = "src/site/markdown/benchmarks.md",
      description = "Page whose part between the markers is replaced (default: ${DEFAULT-VALUE}).")
  private Path page;

  @Option(names = "--help", usageHelp = true, description = "Show this help and exit.")
  @SuppressWarnings("unused") // picocli acts on it
  private boolean help;

  /** Runs with the options that {@code --help} lists. */
  public static void main(String[] args) {
    System.setProperty("java.awt.headless", "true");
    System.exit(CommonOptions.run(new Plots(), args));
  }

  @Override
  public Integer call() throws IOException {
    Path source = file == null ? latest() : file;
    if (source.getFileName().toString().startsWith("Soak-")) {
      SoakPlot.draw(SoakPoint.read(source), plots);
      return 0;
    }
    BenchmarksPage shown = new BenchmarksPage(FigureFile.read(source));
    List<String> names = shown.draw(plots);
    Path folder = page.toAbsolutePath().getParent();
    String fromPage = folder.relativize(plots.toAbsolutePath()).toString().replace('\\', '/');
    shown.write(page, names, fromPage);
    System.out.println(names.size() + " plots of " + source.getFileName() + " in " + plots);
    return 0;
  }

  private Path latest() throws IOException {
    try (Stream<Path> files = Files.list(results)) {
      return files
          .filter(each -> each.getFileName().toString().startsWith("SideBySide-"))
          .max(Comparator.naturalOrder())
          .orElseThrow(() -> new IOException("no SideBySide file in " + results));
    }
  }
}
