/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene.simd;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The kernels that rank blocks, against straightforward references. */
class TestRankingKernels {
  @ParameterizedTest
  @MethodSource("io.omendb.lucene.simd.TestKernelsAgree#kernels")
  void testChoose(Kernels kernels) {
    SplittableRandom random = new SplittableRandom(10);
    for (int subspaces : new int[] {1, 2, 31, 32}) {
      byte[] table = new byte[subspaces * 256];
      random.nextBytes(table);
      byte[] chosen = new byte[subspaces * 64];
      random.nextBytes(chosen);
      byte[] chosenTable = new byte[chosen.length];
      kernels.choose(table, chosen, chosenTable);
      for (int i = 0; i < chosen.length; i++) {
        assertEquals(table[i / 64 * 256 + (chosen[i] & 0xFF)], chosenTable[i], kernels.name());
      }
    }
  }

  @ParameterizedTest
  @MethodSource("io.omendb.lucene.simd.TestKernelsAgree#kernels")
  void testLeastOfFour(Kernels kernels) {
    SplittableRandom random = new SplittableRandom(9);
    for (int subspaces : new int[] {1, 2, 31, 32, 128}) {
      byte[] table = new byte[subspaces * 64];
      random.nextBytes(table);
      // The greatest sum there can be, once.
      Arrays.fill(table, 0, subspaces == 128 ? table.length : 64, (byte) -1);
      int offset = random.nextInt(70);
      // Exactly as long as the contract says, so that a read or write too far fails.
      byte[] codes = new byte[offset + 128 * subspaces];
      for (int i = offset; i < codes.length; i++) {
        codes[i] = (byte) random.nextInt(64);
      }
      short[] expected = new short[41];
      Arrays.fill(expected, (short) subspaces);
      short[] least = expected.clone();
      for (int j = 0; j < 32; j++) {
        int first = j / 16 * 64 + j % 16;
        expected[7 + j] =
            (short)
                IntStream.range(0, 4)
                    .map(i -> sum(table, codes, offset, Kernels.vectorOf(first + 16 * i)))
                    .min()
                    .getAsInt();
      }
      kernels.leastOfFour(table, codes, offset, least, 7);
      assertArrayEquals(expected, least, kernels.name() + " " + subspaces);
    }
  }

  /** Cost of a vector of two blocks by a table of 64 entries a subspace. */
  private static int sum(byte[] table, byte[] codes, int offset, int vector) {
    int sum = 0;
    for (int row = 0; row < table.length; row += 64) {
      int code = codes[offset + vector / 64 * table.length + row + vector % 64];
      sum += table[row + code] & 0xFF;
    }
    return sum;
  }

  @ParameterizedTest
  @MethodSource("io.omendb.lucene.simd.TestKernelsAgree#kernels")
  void testPlacesUpTo(Kernels kernels) {
    SplittableRandom random = new SplittableRandom(8);
    for (int count : new int[] {0, 1, 31, 32, 33, 100, 3125}) {
      short[] costs = new short[count + 40];
      for (int i = 0; i < costs.length; i++) {
        costs[i] = (short) random.nextInt(Short.MIN_VALUE, Short.MAX_VALUE + 1);
      }
      for (int limit : new int[] {Short.MIN_VALUE, -20_000, 0, 30_000, Short.MAX_VALUE}) {
        int[] expected = IntStream.range(0, count).filter(place -> costs[place] <= limit).toArray();
        int[] places = new int[count];
        int length = kernels.placesUpTo(costs, count, limit, places);
        assertArrayEquals(expected, Arrays.copyOf(places, length), kernels.name());
      }
    }
  }

  /** Whatever a damaged file has, costs stay in a range that can be sorted by counting. */
  @ParameterizedTest
  @MethodSource("io.omendb.lucene.simd.TestKernelsAgree#kernels")
  void testCharge(Kernels kernels) {
    SplittableRandom random = new SplittableRandom(9);
    float[] odd = {Float.NaN, Float.POSITIVE_INFINITY, -1e30f, Float.MIN_VALUE, 8161, -8161, 0.99f};
    for (int count : new int[] {0, 1, 15, 16, 17, 100}) {
      float[] extents = TestKernelsAgree.gaussian(random, count);
      for (int i = 0; i < count; i += 3) {
        extents[i] = odd[random.nextInt(odd.length)];
      }
      for (float steps : new float[] {1, -40, 3e38f, Float.NaN}) {
        short[] costs = new short[count + 3];
        for (int i = 0; i < costs.length; i++) {
          costs[i] = (short) random.nextInt(32 * 255 + 1);
        }
        int[] expected = new int[costs.length];
        for (int i = 0; i < costs.length; i++) {
          double charge = i < count ? (double) (extents[i] * steps) : 0;
          expected[i] =
              costs[i] + (Double.isNaN(charge) ? 0 : (int) Math.clamp(charge, -8160, 8160));
        }
        kernels.charge(extents, steps, costs);
        for (int i = 0; i < costs.length; i++) {
          assertEquals(expected[i], costs[i], kernels.name() + " of " + count + ", " + i);
        }
      }
    }
  }
}
