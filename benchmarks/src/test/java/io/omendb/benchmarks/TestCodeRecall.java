/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestCodeRecall {
  @TempDir Path folder;

  @Test
  void testRecallGrowsWithDepth() throws IOException {
    Path data = new GeneratedSet(2000, 30, 48, 7).write(folder.resolve("data"));
    Path results = folder.resolve("results");
    int exitCode =
        CommonOptions.run(
            new CodeRecall(),
            "--data=" + data.resolve(GeneratedSet.NAME),
            "--results=" + results,
            "--sets=.",
            "--queries=20",
            "--weights=0.6,1",
            "--depths=10,100,2000");
    assertEquals(0, exitCode);
    List<String> rows;
    try (Stream<Path> files = Files.list(results)) {
      rows = Files.readAllLines(files.findFirst().orElseThrow());
    }
    rows = rows.stream().filter(row -> row.startsWith(GeneratedSet.NAME)).toList();
    assertEquals(3, rows.size());
    for (int column : new int[] {5, 6, 7}) {
      double[] recall =
          rows.stream()
              .mapToDouble(row -> Double.parseDouble(row.split(",", -1)[column]))
              .toArray();
      assertTrue(recall[0] > .3 && recall[0] < recall[1], "recall@10: " + recall[0]);
      assertTrue(recall[1] > .9, "recall@100: " + recall[1]);
      assertEquals(1, recall[2], "recall among all");
    }
  }

  @Test
  void testFileStandsForAllSets() throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(400 * 8 * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (float[] vector : new GeneratedSet(400, 1, 8, 8).base) {
      for (float value : vector) {
        bytes.putFloat(value);
      }
    }
    Path file = Files.write(folder.resolve("mine.f32"), bytes.array());
    Path results = folder.resolve("results");
    String[] arguments = {
      "--data=" + file, "--dimension=8", "--hold-out=10", "--depths=10", "--results=" + results
    };
    assertEquals(0, CommonOptions.run(new CodeRecall(), arguments));
    try (Stream<Path> files = Files.list(results)) {
      List<String> rows = Files.readAllLines(files.findFirst().orElseThrow());
      String last = rows.get(rows.size() - 1);
      assertTrue(last.startsWith("mine.f32,8,390,8,10,"), last);
      assertEquals(1, rows.stream().filter(row -> row.startsWith("mine.f32,")).count());
    }
  }

  @Test
  void testRefusesNoDepth() {
    assertEquals(1, CommonOptions.run(new CodeRecall(), "--depths=10,0"));
  }
}
