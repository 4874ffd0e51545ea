/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.lucene.search.TopDocs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestDropIn {
  @Test
  void findsTheNearest(@TempDir Path folder) throws IOException {
    TopDocs hits =
        DropIn.indexAndSearch(
            folder, List.of(new float[] {1, 0}, new float[] {0, 1}), new float[] {0, .9f});
    assertEquals(2, hits.scoreDocs.length);
    assertEquals(1, hits.scoreDocs[0].doc);
  }

  @Test
  void readmeShowsTheSnippet() throws IOException {
    String source = Files.readString(Path.of("src/main/java/io/omendb/examples/DropIn.java"));
    String snippet =
        source
            .substring(
                source.indexOf('\n', source.indexOf("// snippet:start")) + 1,
                source.lastIndexOf('\n', source.indexOf("// snippet:end")))
            .stripIndent();
    String readme = Files.readString(Path.of("../README.md"));
    assertTrue(
        readme.contains("```java\n" + snippet + "\n```\n"),
        "README.md must show the snippet of DropIn:\n" + snippet);
  }
}
