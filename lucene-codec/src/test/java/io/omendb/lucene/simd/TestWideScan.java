/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene.simd;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import jdk.incubator.vector.ByteVector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.EnabledIf;

/** Both ways to scan, whichever of them this version of Java takes. */
@EnabledIf("hasVectors")
class TestWideScan {
  private static final int LANES = 64;

  static boolean hasVectors() {
    return ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
  }

  /** What scans do before Java 24, against the specification. */
  @Test
  void testOneBlockAtATime() {
    Random random = new Random(3);
    int subspaces = 32;
    byte[] table = new byte[subspaces * Kernels.CENTROIDS];
    byte[] codes = new byte[7 + subspaces * Kernels.SCAN_SIZE];
    short[] expected = new short[Kernels.SCAN_SIZE];
    long[] below = new long[Kernels.SCAN_BLOCKS];
    short[] sums = new short[Kernels.SCAN_SIZE];
    for (int round = 0; round < 20; round++) {
      random.nextBytes(table);
      random.nextBytes(codes);
      new ScalarKernels().scan(table, codes, 7, subspaces, 4080, expected, below);
      for (int block = 0; block < Kernels.SCAN_BLOCKS; block++) {
        int at = 7 + block * subspaces * LANES;
        long found = WideScan.scanOne(table, codes, at, subspaces, 4080, sums, block * LANES);
        assertEquals(below[block], found);
      }
      assertArrayEquals(expected, sums);
    }
  }

  /** What scans do from this version on, with every code. */
  @Test
  @EnabledForJreRange(minVersion = 24)
  void testLookUpInBoth() {
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
          WideScan.lookUpInBoth(
              ByteVector.fromArray(ByteVector.SPECIES_512, codes, 0),
              ByteVector.fromArray(ByteVector.SPECIES_512, table, 5),
              ByteVector.fromArray(ByteVector.SPECIES_512, table, 5 + LANES));
      for (int lane = 0; lane < LANES; lane++) {
        assertEquals(table[5 + (first + lane & 127)], found.lane(lane), "code " + codes[lane]);
      }
    }
  }
}
