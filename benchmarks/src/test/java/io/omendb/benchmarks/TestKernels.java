/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestKernels {
  @TempDir Path folder;

  private List<String> run(String only) throws IOException {
    Path results = folder.resolve(only);
    int exitCode =
        CommonOptions.run(
            new Kernels(),
            "--only=" + only,
            "--iterations=1",
            "--warmup=0",
            "--millis=20",
            "--forks=0",
            "--results=" + results);
    assertEquals(0, exitCode);
    try (Stream<Path> files = Files.list(results)) {
      List<String> rows = new ArrayList<>(Files.readAllLines(files.findFirst().orElseThrow()));
      rows.removeIf(row -> row.startsWith("#") || row.startsWith("benchmark,"));
      return rows;
    }
  }

  @Test
  void testMeasuresBothImplementations() throws IOException {
    List<String> rows = run("ScanBenchmark.oneScan");
    assertEquals(2, rows.size());
    assertTrue(rows.get(0).startsWith("ScanBenchmark.oneScan,implementation=scalar,"));
    assertTrue(rows.get(1).startsWith("ScanBenchmark.oneScan,implementation=vector,"));
    for (String row : rows) {
      String[] cells = row.split(",", -1);
      assertTrue(Double.parseDouble(cells[2]) > 0, row);
      assertEquals("ns/op", cells[4]);
    }
  }

  @Test
  void testAllRun() throws IOException {
    List<String> rows = run("Benchmark");
    for (String name :
        List.of(
            "TableBenchmark.prepare",
            "ScanBenchmark.longRun",
            "SingleCodeBenchmark.longRun",
            "BinaryCodesBenchmark.score",
            "EncodeBenchmark.encode",
            "KMeansBenchmark.round",
            "RerankBenchmark.rerank",
            "WalkBenchmark.nearest",
            "GraphBenchmark.read")) {
      assertTrue(rows.stream().anyMatch(row -> row.startsWith(name + ",")), name);
    }
  }

  @Test
  void testRefusesNoIterations() {
    assertNotEquals(0, CommonOptions.run(new Kernels(), "--iterations=0"));
  }
}
