/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene.simd;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * All kernels that this JVM can run against straightforward references; the block scan on 64-byte
 * registers too where the processor would not choose it.
 */
class TestKernelsAgree {
  private static final int LANES = Kernels.BLOCK_SIZE;

  static List<Kernels> kernels() {
    List<Kernels> kernels = new ArrayList<>();
    kernels.add(new ScalarKernels());
    if (ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent()) {
      kernels.add(new VectorKernels(false));
      kernels.add(new VectorKernels(true));
    }
    return kernels;
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void testMultiply(Kernels kernels) {
    SplittableRandom random = new SplittableRandom(1);
    for (int cols : new int[] {1, 2, 15, 16, 17, 31, 32, 33, 43, 64, 100, 256}) {
      for (int rows = 1; rows <= 9; rows++) {
        for (int depth : new int[] {1, 2, 3, 7, 8, 16, 29, 40}) {
          checkMultiply(kernels, random, rows, depth, cols);
        }
      }
    }
  }

  private static void checkMultiply(
      Kernels kernels, SplittableRandom random, int rows, int depth, int cols) {
    int aOffset = random.nextInt(5);
    int aStride = depth + random.nextInt(4);
    int bOffset = random.nextInt(5);
    // Exactly as long as the contract says, so that a read or write too far fails.
    float[] a = gaussian(random, aOffset + (rows - 1) * aStride + depth);
    float[] b = gaussian(random, bOffset + depth * cols);
    float[] out = gaussian(random, rows * cols);
    kernels.multiply(a, aOffset, aStride, rows, depth, b, bOffset, cols, out);
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < cols; j++) {
        double expected = 0;
        double magnitude = 0;
        for (int d = 0; d < depth; d++) {
          double product = (double) a[aOffset + i * aStride + d] * b[bOffset + d * cols + j];
          expected += product;
          magnitude += Math.abs(product);
        }
        String where = kernels.name() + " " + rows + "x" + depth + "x" + cols + " " + i + "," + j;
        assertEquals(expected, out[i * cols + j], 1e-6 * depth * magnitude + 1e-30, where);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void testMultiplyLeavesTheRestAlone(Kernels kernels) {
    SplittableRandom random = new SplittableRandom(2);
    for (int cols : new int[] {1, 15, 17, 43, 256}) {
      for (int rows : new int[] {1, 4, 5}) {
        float[] out = new float[rows * cols + 40];
        Arrays.fill(out, 7f);
        float[] a = gaussian(random, rows * 3);
        kernels.multiply(a, 0, 3, rows, 3, gaussian(random, 3 * cols), 0, cols, out);
        for (int i = rows * cols; i < out.length; i++) {
          assertEquals(7f, out[i], kernels.name() + " wrote beyond the result");
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void testMultiplyShorts(Kernels kernels) {
    SplittableRandom random = new SplittableRandom(6);
    for (int cols : new int[] {1, 2, 15, 16, 17, 43, 127, 128, 129, 200, 256}) {
      for (int depth : new int[] {1, 2, 3, 40, 768}) {
        float[] vector = gaussian(random, depth);
        short[] matrix = new short[depth * cols];
        for (int i = 0; i < matrix.length; i++) {
          matrix[i] = (short) random.nextInt(Short.MIN_VALUE, Short.MAX_VALUE + 1);
        }
        float[] out = gaussian(random, cols);
        kernels.multiply(vector, matrix, out);
        for (int j = 0; j < cols; j++) {
          double expected = 0;
          double magnitude = 0;
          for (int d = 0; d < depth; d++) {
            double product = (double) vector[d] * matrix[d * cols + j];
            expected += product;
            magnitude += Math.abs(product);
          }
          String where = kernels.name() + " " + depth + "x" + cols + " " + j;
          assertEquals(expected, out[j], 1e-6 * depth * magnitude + 1e-30, where);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void testQuantize(Kernels kernels) {
    SplittableRandom random = new SplittableRandom(7);
    for (int length : new int[] {0, 1, 15, 16, 17, 100, 256}) {
      for (float factor : new float[] {0, 1, 40, 1e6f}) {
        int from = random.nextInt(5);
        float[] costs = gaussian(random, from + length);
        float least = Float.POSITIVE_INFINITY;
        for (int i = from; i < costs.length; i++) {
          least = Math.min(least, costs[i]);
        }
        byte[] table = new byte[costs.length];
        kernels.quantize(costs, from, length, least, factor, table);
        for (int i = 0; i < table.length; i++) {
          int expected =
              i < from ? 0 : (int) Math.min(255, Math.floor((costs[i] - least) * factor + 0.5f));
          assertEquals(expected, table[i] & 0xFF, kernels.name() + " " + costs[i]);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void testNearest(Kernels kernels) {
    SplittableRandom random = new SplittableRandom(3);
    for (int length = 1; length <= 300; length++) {
      int dotsOffset = random.nextInt(4);
      int normsOffset = random.nextInt(4);
      float[] dots = gaussian(random, dotsOffset + length);
      float[] norms = gaussian(random, normsOffset + length);
      checkNearest(kernels, dots, dotsOffset, norms, normsOffset, length);
      // Few different values: many ties, of which the first wins.
      float[] tiedDots = new float[length];
      float[] tiedNorms = new float[length];
      for (int i = 0; i < length; i++) {
        tiedDots[i] = random.nextInt(3);
        tiedNorms[i] = random.nextInt(3);
      }
      checkNearest(kernels, tiedDots, 0, tiedNorms, 0, length);
      Arrays.fill(tiedDots, 1);
      Arrays.fill(tiedNorms, 1);
      assertEquals(0, kernels.nearest(tiedDots, 0, tiedNorms, 0, length), kernels.name());
    }
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void testNearestSkipsWhatIsNotANumber(Kernels kernels) {
    SplittableRandom random = new SplittableRandom(4);
    float[] odd = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, -0f, 0f, 1e30f};
    for (int length = 1; length <= 300; length++) {
      float[] dots = gaussian(random, length);
      float[] norms = gaussian(random, length);
      for (int n = 0; n <= length / 10; n++) {
        dots[random.nextInt(length)] = odd[random.nextInt(odd.length)];
        norms[random.nextInt(length)] = odd[random.nextInt(odd.length)];
      }
      checkNearest(kernels, dots, 0, norms, 0, length);
      Arrays.fill(dots, Float.NaN);
      assertEquals(0, kernels.nearest(dots, 0, norms, 0, length), kernels.name());
      dots[length - 1] = 0;
      norms[length - 1] = 0;
      assertEquals(length - 1, kernels.nearest(dots, 0, norms, 0, length), kernels.name());
    }
  }

  private static void checkNearest(
      Kernels kernels, float[] dots, int dotsOffset, float[] norms, int normsOffset, int length) {
    int expected = 0;
    for (int i = length - 1; i >= 0; i--) {
      float distance = norms[normsOffset + i] - 2 * dots[dotsOffset + i];
      float least = norms[normsOffset + expected] - 2 * dots[dotsOffset + expected];
      if (distance <= least || (Float.isNaN(least) && distance < Float.POSITIVE_INFINITY)) {
        expected = i;
      }
    }
    if (Float.isNaN(norms[normsOffset + expected] - 2 * dots[dotsOffset + expected])) {
      expected = 0;
    }
    assertEquals(
        expected,
        kernels.nearest(dots, dotsOffset, norms, normsOffset, length),
        kernels.name() + " length " + length);
  }

  @ParameterizedTest
  @MethodSource("kernels")
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
      // The lane order of the contract: even vectors first.
      int vector = lane < LANES / 2 ? 2 * lane : 2 * (lane - LANES / 2) + 1;
      int sum = 0;
      for (int s = 0; s < subspaces; s++) {
        int code = Byte.toUnsignedInt(codes[offset + s * LANES + vector]);
        sum += Byte.toUnsignedInt(table[s * 256 + code]);
      }
      expected[lane] = (short) sum;
    }
    int exact = expected[random.nextInt(LANES)];
    for (int limit : new int[] {0, 1, exact, exact + 1, Short.MAX_VALUE}) {
      short[] sums = new short[LANES];
      Arrays.fill(sums, (short) -1);
      long mask = kernels.scan(table, codes, offset, subspaces, sums, limit);
      String where = kernels.name() + " " + subspaces + " subspaces, limit " + limit;
      assertArrayEquals(expected, sums, where);
      long expectedMask = 0;
      for (int lane = 0; lane < LANES; lane++) {
        expectedMask |= expected[lane] < limit ? 1L << lane : 0;
      }
      assertEquals(Long.toBinaryString(expectedMask), Long.toBinaryString(mask), where);
    }
  }

  /** Every code value in every lane: the lookup in four registers has a seam at each 64. */
  @ParameterizedTest
  @MethodSource("kernels")
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
      kernels.scan(table, codes, 0, 1, sums, 0);
      for (int lane = 0; lane < LANES; lane++) {
        int code = shift + Kernels.vectorOf(lane) & 0xFF;
        assertEquals(code ^ 0xA5, sums[lane], kernels.name() + " code " + code);
      }
    }
  }

  private static float[] gaussian(SplittableRandom random, int length) {
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
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
