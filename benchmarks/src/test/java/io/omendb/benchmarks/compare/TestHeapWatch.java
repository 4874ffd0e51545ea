/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.benchmarks.compare;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TestHeapWatch {
  private static final int MEGABYTE = 1 << 20;

  @Test
  void testCountsWhatIsHeldButNotGarbage() {
    try (HeapWatch watch = new HeapWatch()) {
      List<byte[]> held = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        held.add(new byte[MEGABYTE]);
        assertTrue(new byte[10 * MEGABYTE].length > 0);
      }
      double bytes = watch.bytes();
      assertTrue(bytes > 35e6 && bytes < 200e6, held.size() + " MB held, counted " + bytes);
    }
  }
}
