/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestAcceptance {
  @TempDir Path folder;

  @BeforeEach
  void writeSet() throws IOException {
    new GeneratedSet(2500, 30, 48, 5).write(folder.resolve("data"));
  }

  @Test
  void testAllChecks() throws IOException {
    assertEquals(0, run("--max-hot-bytes=200", "--max-rows=1000"));
    List<String> figures = figures();
    assertTrue(value(figures, "raw rows a query") >= 10);
    assertEquals(32, value(figures, ".vpq a vector"), 1);
    assertEquals(48 * Float.BYTES, value(figures, ".vec a vector"), 1);
    assertEquals(1, value(figures, "recall@10, random one document, 1"));
    assertTrue(value(figures, "recall@10, lexname of the query") > .95);
    for (String check : List.of("segments", "merged", "8 commits", "2 rounds of updates")) {
      assertTrue(
          figures.stream().anyMatch(line -> line.contains("," + check + ",recall@10,")), check);
    }
  }

  @Test
  void testMissedBound() throws IOException {
    assertEquals(1, run("--quick", "--min-recall=1.1"));
    assertEquals(2, figures().stream().filter(line -> line.endsWith("missed")).count());
  }

  @Test
  void testQuickSkipsTheRest() throws IOException {
    assertEquals(0, run("--quick"));
    assertTrue(figures().stream().noneMatch(line -> line.contains("bytes,")));
  }

  private int run(String... more) {
    Stream<String> common =
        Stream.of(
            "--data=" + folder.resolve("data"),
            "--results=" + folder.resolve("results"),
            "--work=" + folder.resolve("work"),
            "--sets=" + GeneratedSet.NAME,
            "--commits=8",
            "--update-rounds=2");
    return CommonOptions.run(
        new Acceptance(), Stream.concat(common, Stream.of(more)).toArray(String[]::new));
  }

  private List<String> figures() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("results"))) {
      return Files.readAllLines(files.findFirst().orElseThrow()).stream()
          .filter(line -> !line.startsWith("#"))
          .toList();
    }
  }

  private static double value(List<String> figures, String measure) {
    String start = measure.contains(",") ? "\"" + measure + "\"" : measure;
    String line =
        figures.stream().filter(each -> each.contains("," + start + ",")).findFirst().orElseThrow();
    String rest = line.substring(line.indexOf(start) + start.length() + 1);
    return Double.parseDouble(rest.substring(0, rest.indexOf(',')));
  }
}
