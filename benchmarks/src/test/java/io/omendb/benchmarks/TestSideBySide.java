/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.omendb.benchmarks.compare.Figure;
import io.omendb.benchmarks.compare.FigureFile;
import io.omendb.benchmarks.compare.Peers;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every peer in every situation, on a small set. */
class TestSideBySide {
  private static final int ROWS = 2400;
  private static final int DIMENSION = 32;

  @TempDir Path folder;

  @BeforeEach
  void writeSet() throws IOException {
    new GeneratedSet(ROWS, 30, DIMENSION, 9).write(folder.resolve("data"));
  }

  @Test
  void testAllPeersInAllSituations() throws IOException {
    Path file = run();
    FigureFile read = FigureFile.read(file);
    List<Figure> figures = read.figures();
    assertTrue(figures.size() > 500, "figures: " + figures.size());
    assertWritesBack(file, read);
    Set<String> situations = figures.stream().map(Figure::situation).collect(Collectors.toSet());
    assertEquals(
        Set.of("build", "one", "many", "filter 20.0 %", "memory", "indexing", "cold"), situations);
    for (String peer : Peers.all().keySet()) {
      assertRecalls(figures, peer);
      assertBytes(figures, peer);
      assertTrue(value(figures, peer, "index rate") > 0, peer);
      // One of two threads may have added all rows of a commit before the other began.
      double segments = value(figures, peer, "segments");
      assertTrue(segments >= 2 && segments <= 4, peer + ": " + segments);
    }
    for (Figure figure : figures) {
      assertTrue(figure.least() <= figure.value() && figure.value() <= figure.most());
    }
    assertTrue(read.comments().stream().anyMatch(line -> line.startsWith("machine: ")));
    assertTrue(read.comments().stream().anyMatch(line -> line.startsWith("lucene-float: ")));
    assertPlots(file);
    assertResumes(figures);
  }

  /** Each index has a setting that finds nearly all, wherever it is searched. */
  private static void assertRecalls(List<Figure> figures, String peer) {
    for (String situation : List.of("one", "many", "filter 20.0 %", "memory", "cold")) {
      double best =
          figures.stream()
              .filter(figure -> figure.peer().equals(peer) && figure.situation().equals(situation))
              .mapToDouble(Figure::recall)
              .filter(recall -> !Double.isNaN(recall))
              .max()
              .orElseThrow();
      // Opening cold is measured at the first setting with a recall of .95, which may be just that.
      assertTrue(best >= .95, peer + ", " + situation + ": " + best);
    }
  }

  private static void assertBytes(List<Figure> figures, String peer) {
    double raw = DIMENSION * Float.BYTES;
    double disk = value(figures, peer, "disk bytes");
    double hot = value(figures, peer, "hot bytes");
    assertTrue(disk > raw, peer + ": " + disk);
    assertTrue(
        peer.equals("lucene-float") ? hot == disk : hot <= disk - raw + 1, peer + ": " + hot);
  }

  private static double value(List<Figure> figures, String peer, String measure) {
    return figures.stream()
        .filter(figure -> figure.peer().equals(peer) && figure.measure().equals(measure))
        .findFirst()
        .orElseThrow()
        .value();
  }

  private static void assertWritesBack(Path file, FigureFile read) throws IOException {
    String csv =
        Files.readAllLines(file).stream()
            .filter(line -> !line.startsWith("#"))
            .collect(Collectors.joining("\n", "", "\n"));
    assertEquals(csv, FigureFile.table(read.figures()).csv());
  }

  private void assertPlots(Path file) throws IOException {
    Path page =
        Files.writeString(
            folder.resolve("page.md"),
            "before\n<!-- figures: begin -->\nold\n<!-- figures: end -->\nafter\n");
    Path plots = folder.resolve("plots");
    assertEquals(
        0, CommonOptions.run(new Plots(), "--file=" + file, "--plots=" + plots, "--page=" + page));
    String text = Files.readString(page);
    assertTrue(text.startsWith("before\n") && text.endsWith("after\n"));
    assertTrue(!text.contains("old\n") && text.contains(file.getFileName().toString()));
    BufferedImage image =
        ImageIO.read(plots.resolve("recall-qps-clusters-one-k10-1-thread.png").toFile());
    assertEquals(1000, image.getWidth());
    String svg = Files.readString(plots.resolve("bytes-recall-clusters-k10.svg"));
    assertTrue(svg.contains("<svg") && svg.contains("<path"));
    assertTrue(text.contains("(plots/index-rate-clusters.svg)"));
  }

  /** Neither indexes nor situations are made again. */
  private void assertResumes(List<Figure> figures) throws IOException {
    Path marker = folder.resolve("work/clusters-2400/omendb/built.properties");
    FileTime built = Files.getLastModifiedTime(marker);
    FigureFile again = FigureFile.read(run("--resume"));
    assertEquals(built, Files.getLastModifiedTime(marker));
    assertEquals(figures, again.figures());
  }

  private Path run(String... more) throws IOException {
    Path results = folder.resolve("results" + more.length);
    Stream<String> options =
        Stream.of(
            "--data=" + folder.resolve("data"),
            "--results=" + results,
            "--work=" + folder.resolve("work"),
            "--sets=" + GeneratedSet.NAME,
            "--rounds=1",
            "--seconds=0.005",
            "--segments=4",
            "--rate-rows=800",
            "--memory=0.9",
            "--search-threads=1",
            "--filters=0.2");
    assertEquals(
        0,
        CommonOptions.run(
            new SideBySide(), Stream.concat(options, Stream.of(more)).toArray(String[]::new)));
    try (Stream<Path> files = Files.list(results)) {
      return files.findFirst().orElseThrow();
    }
  }
}
