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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestProfile {
  @TempDir Path folder;

  @Test
  void testBothParts() throws IOException {
    new GeneratedSet(6000, 20, 64, 9).write(folder.resolve("data"));
    int code =
        CommonOptions.run(
            new Profile(),
            "--data=" + folder.resolve("data"),
            "--results=" + folder.resolve("results"),
            "--work=" + folder.resolve("work"),
            "--set=" + GeneratedSet.NAME,
            "--seconds=1");
    assertEquals(0, code);
    List<String> lines;
    try (Stream<Path> files = Files.list(folder.resolve("results"))) {
      lines = Files.readAllLines(files.findFirst().orElseThrow());
    }
    assertTrue(samples(lines, "searching") > 10);
    assertTrue(samples(lines, "indexing") > 5);
  }

  private static int samples(List<String> lines, String part) {
    return lines.stream()
        .filter(line -> line.contains("," + part + ","))
        .map(line -> line.replaceAll("\"[^\"]*\"", "quoted").split(",", -1))
        .mapToInt(cells -> Integer.parseInt(cells[3]))
        .sum();
  }
}
