/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene.simd;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The block scan, the inner loop of searches, of all kernels that this JVM can run. */
class TestScan {
  private static final int LANES = Kernels.SCAN_SIZE;

  @ParameterizedTest
  @MethodSource("io.omendb.lucene.simd.TestKernelsAgree#kernels")
  void testScan(Kernels kernels) {
    SplittableRandom random = new SplittableRandom(5);
    for (int subspaces = 1; subspaces <= 32; subspaces++) {
      checkScan(kernels, random, random(random, subspaces * 256), subspaces);
      checkScan(kernels, random, filled(subspaces * 256, 0), subspaces);
      checkScan(kernels, random, filled(subspaces * 256, 255), subspaces);
    }
    checkScan(kernels, random, filled(128 * 256, 255), 128);
  }

  private static void checkScan(
      Kernels kernels, SplittableRandom random, byte[] table, int subspaces) {
    int offset = random.nextInt(100);
    byte[] codes = random(random, offset + subspaces * LANES);
    short[] expected = new short[LANES];
    for (int lane = 0; lane < LANES; lane++) {
      // The lane order of the contract: of each block, even vectors first.
      int ofBlock = lane % 64;
      int vector = ofBlock < 32 ? 2 * ofBlock : 2 * (ofBlock - 32) + 1;
      int sum = 0;
      for (int s = 0; s < subspaces; s++) {
        int at = offset + (lane / 64 * subspaces + s) * 64 + vector;
        sum += Byte.toUnsignedInt(table[s * 256 + Byte.toUnsignedInt(codes[at])]);
      }
      expected[lane] = (short) sum;
    }
    int exact = expected[random.nextInt(LANES)];
    for (int limit : new int[] {0, 1, exact, exact + 1, Short.MAX_VALUE}) {
      short[] sums = new short[LANES];
      Arrays.fill(sums, (short) -1);
      long[] below = {-1, -1};
      kernels.scan(table, codes, offset, subspaces, limit, sums, below);
      String where = kernels.name() + " " + subspaces + " subspaces, limit " + limit;
      assertArrayEquals(expected, sums, where);
      long[] expectedBelow = new long[2];
      for (int lane = 0; lane < LANES; lane++) {
        expectedBelow[lane / 64] |= expected[lane] < limit ? 1L << lane % 64 : 0;
      }
      assertArrayEquals(expectedBelow, below, where);
    }
  }

  @ParameterizedTest
  @MethodSource("io.omendb.lucene.simd.TestKernelsAgree#kernels")
  void testScanOfBlocksApart(Kernels kernels) {
    SplittableRandom random = new SplittableRandom(6);
    int length = 32 * 64;
    byte[] table = random(random, 32 * 256);
    byte[] both = random(random, 2 * length);
    byte[] first = new byte[3 + length];
    System.arraycopy(both, 0, first, 3, length);
    byte[] second = new byte[length + 8];
    System.arraycopy(both, length, second, 5, length);
    short[] expected = new short[LANES];
    long[] expectedBelow = new long[2];
    kernels.scan(table, both, 0, 32, 4080, expected, expectedBelow);
    short[] sums = new short[LANES];
    long[] below = new long[2];
    kernels.scan(table, first, 3, second, 5, 32, 4080, sums, below);
    assertArrayEquals(expected, sums, kernels.name());
    assertArrayEquals(expectedBelow, below, kernels.name());
    kernels.scan(table, second, 5, second, 5, 32, 4080, sums, below);
    for (int lane = 0; lane < LANES; lane++) {
      assertEquals(expected[64 + lane % 64], sums[lane], kernels.name() + " twice the same");
    }
    assertArrayEquals(new long[] {expectedBelow[1], expectedBelow[1]}, below, kernels.name());
  }

  /** Every code value in every lane: the lookup in four registers has a seam at each 64. */
  @ParameterizedTest
  @MethodSource("io.omendb.lucene.simd.TestKernelsAgree#kernels")
  void testScanLooksUpEveryCode(Kernels kernels) {
    byte[] table = new byte[256];
    for (int code = 0; code < 256; code++) {
      table[code] = (byte) (code ^ 0xA5);
    }
    byte[] codes = new byte[LANES];
    short[] sums = new short[LANES];
    for (int shift = 0; shift < 256; shift++) {
      for (int vector = 0; vector < LANES; vector++) {
        codes[vector] = (byte) (shift + vector);
      }
      kernels.scan(table, codes, 0, 1, 0, sums, new long[2]);
      for (int lane = 0; lane < LANES; lane++) {
        int code = shift + Kernels.vectorOf(lane) & 0xFF;
        assertEquals(code ^ 0xA5, sums[lane], kernels.name() + " code " + code);
      }
    }
  }

  private static byte[] random(SplittableRandom random, int length) {
    byte[] values = new byte[length];
    random.nextBytes(values);
    return values;
  }

  private static byte[] filled(int length, int value) {
    byte[] values = new byte[length];
    Arrays.fill(values, (byte) value);
    return values;
  }
}
