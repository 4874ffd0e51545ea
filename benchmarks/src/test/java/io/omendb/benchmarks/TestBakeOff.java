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
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestBakeOff {
  @TempDir Path folder;

  @Test
  void testComparesShapes() throws IOException {
    Path data = new GeneratedSet(2500, 40, 48, 3).write(folder.resolve("data"));
    Path results = folder.resolve("results");
    int exitCode =
        CommonOptions.run(
            new BakeOff(),
            "--data=" + data,
            "--results=" + results,
            "--sets=" + GeneratedSet.NAME,
            "--perturbed=3000",
            "--queries=40",
            "--perturbed-queries=20",
            "--rounds=1",
            "--ef=20,80",
            "--filters=0.2,0.1",
            "--blocks=5,40",
            "--shortlists=100",
            "--graph-threshold=10");
    assertEquals(0, exitCode);
    List<String[]> races = new ArrayList<>();
    for (String line : onlyFile(results)) {
      String[] cells = line.split(",", -1);
      if (!line.startsWith("#") && cells[2].equals("qps")) {
        races.add(cells);
      }
    }
    for (String set : List.of(GeneratedSet.NAME, GeneratedSet.NAME + " x 3000")) {
      for (String shape : List.of("blocks", "points")) {
        for (String filter : List.of("none", "20.0 %", "10.0 %")) {
          double best =
              races.stream()
                  .filter(race -> race[0].equals(set))
                  .filter(race -> race[1].equals(shape))
                  .filter(race -> race[3].equals(filter))
                  .mapToDouble(race -> Double.parseDouble(race[6]))
                  .max()
                  .orElseThrow();
          assertTrue(best > .9, set + ", " + shape + ", " + filter + ": " + best);
        }
      }
    }
  }

  private static List<String> onlyFile(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> all = files.toList();
      assertEquals(1, all.size());
      return Files.readAllLines(all.get(0));
    }
  }
}
