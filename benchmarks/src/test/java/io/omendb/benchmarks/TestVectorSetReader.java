/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.benchmarks;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestVectorSetReader {
  @TempDir Path folder;

  @Test
  void testReadsWhatWasWritten() throws IOException {
    GeneratedSet generated = new GeneratedSet(100, 7, 6, 1);
    VectorSet set = VectorSetReader.read(generated.write(folder).resolve(GeneratedSet.NAME));
    assertEquals(GeneratedSet.NAME, set.name());
    assertEquals(6, set.dimension());
    assertEquals(100, set.base().length);
    for (int row = 0; row < 100; row++) {
      assertArrayEquals(generated.base[row], set.base()[row], 1e-6f);
    }
    assertTrue(Arrays.deepEquals(generated.queries, set.queries()));
    for (int q = 0; q < 7; q++) {
      assertArrayEquals(generated.nearest(generated.queries[q]).toArray(), set.truth()[q]);
    }
    assertEquals("text 99", set.baseColumns().get("text")[99]);
    assertEquals("6", set.queryColumns().get("id")[6]);
  }

  @Test
  void testTellsOfShortFile() throws IOException {
    Path set = new GeneratedSet(10, 3, 4, 1).write(folder).resolve(GeneratedSet.NAME);
    Files.write(set.resolve("base.u12"), new byte[59]);
    EOFException e = assertThrows(EOFException.class, () -> VectorSetReader.read(set));
    assertEquals("base.u12", e.getMessage());
  }
}
