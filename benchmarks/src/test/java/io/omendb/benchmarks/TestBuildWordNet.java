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
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.lucene.util.VectorUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestBuildWordNet {
  @TempDir Path folder;

  private int run() {
    return CommonOptions.run(
        new BuildWordNet(), "--data=" + folder, "--limit=60", "--queries=5", "--threads=1");
  }

  @Test
  void testBuildsWhatCanBeRead() throws IOException {
    assertEquals(0, run());
    Path data = folder.resolve("wordnet-minilm-384");
    VectorSet set = VectorSetReader.read(data);
    assertEquals(60, set.base().length);
    assertEquals(384, set.dimension());
    assertEquals(5, set.queries().length);
    for (int q = 0; q < 5; q++) {
      float[] query = set.queries()[q];
      float best = VectorUtil.dotProduct(query, set.base()[set.truth()[q][0]]);
      for (float[] vector : set.base()) {
        assertTrue(VectorUtil.dotProduct(query, vector) <= best + 1e-6f);
      }
    }
    assertEquals("noun.Tops", set.baseColumns().get("lexname")[0]);
    assertTrue(List.of(set.baseColumns().get("pos")).contains(set.queryColumns().get("pos")[4]));
    assertNotEquals(0, run(), "an existing set is not overwritten");
    assertGoesOn(data, set);
  }

  /** A run that stopped after embedding needs the model no more. */
  private void assertGoesOn(Path data, VectorSet set) throws IOException {
    Files.delete(data.resolve("meta.json"));
    Path cache = folder.resolve("wordnet-minilm-384-60-5.cache");
    FileTime written = FileTime.fromMillis(0);
    Files.setLastModifiedTime(cache, written);
    assertEquals(0, run());
    assertEquals(written, Files.getLastModifiedTime(cache));
    assertTrue(Arrays.deepEquals(set.base(), VectorSetReader.read(data).base()));
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(2, files.count());
    }
  }
}
