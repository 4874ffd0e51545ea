/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import org.junit.jupiter.api.Test;

class TestVectorBytes {
  @Test
  void withCodesRawVectorsAreNotHot() {
    VectorBytes bytes =
        VectorBytes.ofExtensions(
            Map.of("vec", 1000L, "vemf", 1L, "vpq", 32L, "vex", 4L, "vem", 2L, "fdt", 9L));
    assertEquals(new VectorBytes(1000, 32, 4, 3), bytes);
    assertEquals(39, bytes.hot());
    assertEquals(1039, bytes.disk());
  }

  @Test
  void withoutCodesAllIsHot() {
    VectorBytes bytes = VectorBytes.ofExtensions(Map.of("vec", 1000L, "vex", 40L, "vem", 2L));
    assertEquals(1042, bytes.hot());
    assertEquals(1042, bytes.disk());
  }
}
