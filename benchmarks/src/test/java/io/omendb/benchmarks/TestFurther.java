/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.omendb.benchmarks.compare.Figure;
import io.omendb.benchmarks.compare.FigureFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every part, on a small set. */
class TestFurther {
  @TempDir Path folder;

  @Test
  void testAllParts() throws IOException {
    new GeneratedSet(2400, 20, 32, 9).write(folder.resolve("data"));
    int code =
        CommonOptions.run(
            new Further(),
            "--data=" + folder.resolve("data"),
            "--results=" + folder.resolve("results"),
            "--work=" + folder.resolve("work"),
            "--parts=agreement,sizes,onto,merge",
            "--set=" + GeneratedSet.NAME,
            "--sizes-set=" + GeneratedSet.NAME,
            "--small=500",
            "--held=2100",
            "--large=3000",
            "--rounds=1",
            "--seconds=0.005");
    assertEquals(0, code);
    List<Figure> figures;
    try (Stream<Path> files = Files.list(folder.resolve("results"))) {
      figures = FigureFile.read(files.findFirst().orElseThrow()).figures();
    }
    for (String situation : List.of("agreement", "sizes", "empty", "onto 2100", "merge")) {
      assertTrue(
          figures.stream().anyMatch(f -> f.situation().equals(situation) && f.value() > 0),
          situation);
    }
    assertTrue(
        figures.stream()
                .filter(f -> f.situation().equals("agreement") && f.knob().startsWith("k'=80"))
                .mapToDouble(Figure::recall)
                .max()
                .orElseThrow()
            > .95);
    assertEquals(
        2,
        figures.stream()
            .filter(f -> f.situation().equals("sizes"))
            .mapToInt(Figure::rows)
            .distinct()
            .count());
  }

  @Test
  void testUnknownPart() throws IOException {
    assertEquals(1, CommonOptions.run(new Further(), "--parts=nothing"));
  }
}
