/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.solr;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.omendb.lucene.OmenVectorsOptions;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TestFormatOptions {
  @Test
  void takesItsOwnAndLeavesTheRest() {
    Map<String, Object> args =
        new HashMap<>(
            Map.of(
                "maxConn",
                32,
                "beamWidth",
                "200",
                "searchDepth",
                1.5f,
                "codesThreshold",
                "100",
                "graphThreshold",
                "200",
                "indexed",
                "true"));
    assertEquals(new OmenVectorsOptions(32, 200, 1.5f, 100, 200, null), FormatOptions.take(args));
    assertEquals(Map.of("indexed", "true"), args);
  }

  @Test
  void nothingMeansDefaults() {
    assertEquals(OmenVectorsOptions.DEFAULT, FormatOptions.take(new HashMap<String, String>()));
  }

  @Test
  void errorsNameOptionValueAndBound() {
    assertEquals("maxConn must be a whole number; maxConn=1.5", error("maxConn", "1.5"));
    assertEquals("searchDepth must be a number; searchDepth=deep", error("searchDepth", "deep"));
    assertEquals("maxConn must be in [2, 512]; maxConn=1", error("maxConn", "1"));
    assertEquals("searchDepth must be in [0.1, 100]; searchDepth=NaN", error("searchDepth", "NaN"));
  }

  private static String error(String name, String value) {
    Map<String, String> args = new HashMap<>(Map.of(name, value));
    return assertThrows(IllegalArgumentException.class, () -> FormatOptions.take(args))
        .getMessage();
  }
}
