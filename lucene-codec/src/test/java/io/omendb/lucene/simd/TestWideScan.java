/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene.simd;

import static org.junit.jupiter.api.Assertions.assertEquals;

import jdk.incubator.vector.ByteVector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.EnabledIf;

/** Both ways to look codes up, whichever of them this version of Java scans with. */
@EnabledIf("hasVectors")
class TestWideScan {
  private static final int LANES = 64;

  static boolean hasVectors() {
    return ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
  }

  private interface LookUp {
    ByteVector of(ByteVector code, ByteVector lower, ByteVector upper);
  }

  private static void check(LookUp lookUp) {
    byte[] table = new byte[300];
    for (int i = 0; i < table.length; i++) {
      table[i] = (byte) (i * 7);
    }
    byte[] codes = new byte[LANES];
    for (int first = 0; first < 256; first++) {
      for (int lane = 0; lane < LANES; lane++) {
        codes[lane] = (byte) (first + lane);
      }
      ByteVector found =
          lookUp.of(
              ByteVector.fromArray(ByteVector.SPECIES_512, codes, 0),
              ByteVector.fromArray(ByteVector.SPECIES_512, table, 5),
              ByteVector.fromArray(ByteVector.SPECIES_512, table, 5 + LANES));
      for (int lane = 0; lane < LANES; lane++) {
        assertEquals(table[5 + (first + lane & 127)], found.lane(lane), "code " + codes[lane]);
      }
    }
  }

  @Test
  void testInEach() {
    check(WideScan::lookUpInEach);
  }

  /** From this version on it is what scans use. */
  @Test
  @EnabledForJreRange(minVersion = 24)
  void testInBoth() {
    check(WideScan::lookUpInBoth);
  }
}
