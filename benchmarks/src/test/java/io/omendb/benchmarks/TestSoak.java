/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.omendb.benchmarks.soak.SoakPoint;
import io.omendb.benchmarks.soak.SoakPoint.Measure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The small form, on a small set. */
class TestSoak {
  @TempDir Path folder;

  @BeforeEach
  void writeSet() throws IOException {
    new GeneratedSet(12_000, 40, 48, 7).write(folder.resolve("data"));
  }

  @Test
  void testSteadyUse() throws IOException {
    assertEquals(0, run("--minutes=0.4", "--points=48", "--commits=12"));
    List<SoakPoint> points = SoakPoint.read(resultFile());
    assertEquals(48, points.size());
    SoakPoint last = points.getLast();
    assertEquals(24, last.get(Measure.SECONDS), 2);
    assertEquals(3, last.get(Measure.FORCED_MERGES));
    assertEquals(2, last.get(Measure.RESTARTS));
    assertEquals(8000, last.get(Measure.DOCUMENTS), 300);
    assertTrue(last.get(Measure.BYTES) > 8000 * 48 * 4 / 1e6);
    assertTrue(points.stream().mapToDouble(p -> p.get(Measure.CHANGES)).average().orElse(0) > 100);
    assertTrue(points.stream().mapToDouble(p -> p.get(Measure.SEARCHES)).average().orElse(0) > 20);
    Path plot = folder.resolve("plots").resolve("soak.png");
    long bytes = Files.size(plot);
    Files.delete(plot);
    assertEquals(
        0, CommonOptions.run(new Plots(), "--file=" + resultFile(), "--plots=" + plot.getParent()));
    assertTrue(bytes > 1000 && Math.abs(Files.size(plot) - bytes) < 1000, bytes + " bytes");
    assertFalse(Files.exists(folder.resolve("work").resolve("index")));
  }

  @Test
  void testMissedBound() throws IOException {
    assertEquals(1, run("--minutes=0.03", "--points=8", "--commits=2", "--min-recall=1.1"));
    assertTrue(
        Files.readAllLines(resultFile()).stream()
            .anyMatch(line -> line.matches("#.*,least recall@10,.*,missed")));
    assertTrue(Files.exists(folder.resolve("work").resolve("index")));
  }

  @Test
  void testWrongOptions() throws IOException {
    assertEquals(1, run("--points=7"));
    assertEquals(1, run("--minutes=0"));
  }

  private int run(String... more) {
    Stream<String> common =
        Stream.of(
            "--data=" + folder.resolve("data"),
            "--results=" + folder.resolve("results"),
            "--plots=" + folder.resolve("plots"),
            "--work=" + folder.resolve("work"),
            "--set=" + GeneratedSet.NAME,
            "--documents=8000",
            "--changes=1000",
            "--forced-merges=3",
            "--restarts=2",
            "--queries=50",
            // Heap that is touched for the first time is no growth, nor is one merge in three
            // seconds.
            "--max-anonymous-growth=10000",
            "--max-index-growth=8");
    return CommonOptions.run(
        new Soak(), Stream.concat(common, Stream.of(more)).toArray(String[]::new));
  }

  private Path resultFile() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("results"))) {
      return files.findFirst().orElseThrow();
    }
  }
}
