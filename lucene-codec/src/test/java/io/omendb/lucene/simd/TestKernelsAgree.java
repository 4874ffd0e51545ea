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
 * All kernels that this JVM can run against straightforward references, also those on 64-byte
 * registers that the processor would not choose; {@link TestScan} has the block scan, {@link
 * TestRankingKernels} what ranks blocks.
 */
class TestKernelsAgree {
  private static final int LANES = Kernels.SCAN_SIZE;

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
  void testMultiplyBytes(Kernels kernels) {
    SplittableRandom random = new SplittableRandom(6);
    for (int cols : new int[] {1, 2, 15, 16, 17, 43, 127, 128, 129, 200, 256}) {
      for (int depth : new int[] {1, 2, 3, 40, 768}) {
        float[] vector = gaussian(random, depth);
        byte[] matrix = new byte[depth * cols];
        for (int i = 0; i < matrix.length; i++) {
          matrix[i] = (byte) random.nextInt(Byte.MIN_VALUE, Byte.MAX_VALUE + 1);
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
  void testCosts(Kernels kernels) {
    SplittableRandom random = new SplittableRandom(8);
    for (int axes : new int[] {1, 2, 3, 6, 128}) {
      int weightsOffset = random.nextInt(5);
      float[] weights = gaussian(random, weightsOffset + axes);
      int centroidsOffset = random.nextInt(5);
      short[] centroids = new short[centroidsOffset + axes * 256];
      for (int i = 0; i < centroids.length; i++) {
        centroids[i] = (short) random.nextInt(Short.MIN_VALUE, Short.MAX_VALUE + 1);
      }
      int at = random.nextInt(5);
      float[] norms = gaussian(random, at + 256);
      float[] costs = new float[at + 256 + 3];
      float[] range = new float[2];
      kernels.costs(
          weights, weightsOffset, axes, centroids, centroidsOffset, norms, at, 3, costs, range);
      float least = Float.POSITIVE_INFINITY;
      float greatest = Float.NEGATIVE_INFINITY;
      for (int i = 0; i < costs.length; i++) {
        double expected = 0;
        double magnitude = 1;
        if (i >= at && i < at + 256) {
          expected = 3.0 * norms[i];
          for (int d = 0; d < axes; d++) {
            double product =
                (double) weights[weightsOffset + d] * centroids[centroidsOffset + d * 256 + i - at];
            expected += product;
            magnitude += Math.abs(product);
          }
          least = Math.min(least, costs[i]);
          greatest = Math.max(greatest, costs[i]);
        }
        assertEquals(expected, costs[i], 1e-6 * magnitude, kernels.name() + " " + axes + ", " + i);
      }
      assertArrayEquals(new float[] {least, greatest}, range, kernels.name());
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
    for (int count : new int[] {1, 2, 3, 4, 5, 43, 256}) {
      for (int axes : new int[] {1, 2, 3, 7, 8, 9, 40}) {
        float[] centroids = gaussian(random, axes * count + 3);
        float[] norms = gaussian(random, count + 2);
        float[] panel = gaussian(random, axes * Kernels.PANEL_ROWS);
        checkNearest(kernels, panel, axes, centroids, 3, norms, 2, count);
        // Few different values: many ties, of which the first wins.
        float[] tied = new float[axes * count];
        for (int i = 0; i < tied.length; i++) {
          tied[i] = random.nextInt(3);
        }
        float[] tiedNorms = new float[count];
        for (int i = 0; i < count; i++) {
          tiedNorms[i] = random.nextInt(3);
        }
        for (int i = 0; i < panel.length; i++) {
          panel[i] = random.nextInt(3);
        }
        checkNearest(kernels, panel, axes, tied, 0, tiedNorms, 0, count);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void testNearestSkipsWhatIsNotANumber(Kernels kernels) {
    SplittableRandom random = new SplittableRandom(4);
    float[] odd = {Float.NaN, Float.POSITIVE_INFINITY};
    for (int axes : new int[] {3, 8, 12}) {
      for (int count = 2; count <= 40; count++) {
        float[] centroids = gaussian(random, axes * count);
        float[] norms = gaussian(random, count);
        for (int n = 0; n <= count / 10; n++) {
          norms[random.nextInt(count)] = odd[random.nextInt(odd.length)];
        }
        float[] panel = gaussian(random, axes * Kernels.PANEL_ROWS);
        checkNearest(kernels, panel, axes, centroids, 0, norms, 0, count);
        Arrays.fill(norms, Float.NaN);
        checkNearest(kernels, panel, axes, centroids, 0, norms, 0, count);
        norms[count - 1] = 0;
        checkNearest(kernels, panel, axes, centroids, 0, norms, 0, count);
      }
    }
  }

  /** Near ties may go either way, but for those that are exact in floats. */
  private static void checkNearest(
      Kernels kernels,
      float[] panel,
      int axes,
      float[] centroids,
      int centroidsOffset,
      float[] norms,
      int normsOffset,
      int count) {
    int[] nearest = new int[Kernels.PANEL_ROWS];
    Arrays.fill(nearest, -1);
    float[] distances = new float[Kernels.PANEL_ROWS];
    kernels.nearest(
        panel, axes, centroids, centroidsOffset, norms, normsOffset, count, nearest, distances);
    for (int row = 0; row < Kernels.PANEL_ROWS; row++) {
      String where = kernels.name() + " " + axes + " axes, " + count + " centroids, row " + row;
      double[] expected = new double[count];
      int first = -1;
      for (int c = 0; c < count; c++) {
        expected[c] = norms[normsOffset + c];
        for (int axis = 0; axis < axes; axis++) {
          expected[c] -=
              2.0
                  * panel[axis * Kernels.PANEL_ROWS + row]
                  * centroids[centroidsOffset + axis * count + c];
        }
        if (expected[c] < (first < 0 ? Double.POSITIVE_INFINITY : expected[first])) {
          first = c;
        }
      }
      if (first < 0) {
        assertEquals(0, nearest[row], where);
        assertEquals(Float.POSITIVE_INFINITY, distances[row], where);
        continue;
      }
      assertEquals(expected[first], distances[row], 1e-4, where);
      assertEquals(expected[first], expected[nearest[row]], 1e-4, where);
      if (expected[first] == expected[nearest[row]]) {
        assertEquals(first, nearest[row], where);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void testKeepLeast(Kernels kernels) {
    SplittableRandom random = new SplittableRandom(8);
    short[] least = new short[LANES];
    short[] names = new short[LANES];
    int[] expected = new int[LANES];
    int[] expectedNames = new int[LANES];
    Arrays.fill(least, Short.MAX_VALUE);
    Arrays.fill(expected, Short.MAX_VALUE);
    for (int name = 0; name < 300; name++) {
      short[] sums = new short[LANES];
      int offset = random.nextInt(16_384);
      for (int lane = 0; lane < LANES; lane++) {
        sums[lane] = (short) random.nextInt(16_384);
        if (sums[lane] + offset < expected[lane]) {
          expected[lane] = sums[lane] + offset;
          expectedNames[lane] = name;
        }
      }
      kernels.keepLeast(sums, offset, name, least, names);
      for (int lane = 0; lane < LANES; lane++) {
        assertEquals(expected[lane], least[lane], kernels.name());
        assertEquals(expectedNames[lane], names[lane], kernels.name());
      }
    }
  }

  static float[] gaussian(SplittableRandom random, int length) {
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }
}
