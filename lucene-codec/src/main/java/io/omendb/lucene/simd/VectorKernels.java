/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene.simd;

import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link Kernels} on the Vector API. Float kernels use the platform's preferred width. The block
 * scan looks 64 codes up at once in tables held in four 64-byte registers ({@link WideScan}), which
 * pays where the processor permutes 64 bytes in one instruction (AVX-512 VBMI); elsewhere {@link
 * KernelSelection} leaves that kernel to the scalar code.
 */
final class VectorKernels implements Kernels {
  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = FLOATS.length();
  private static final VectorSpecies<Short> SHORTS_PREFERRED = ShortVector.SPECIES_PREFERRED;

  /** As many shorts as a register has floats, if there is such a register. */
  private static final VectorSpecies<Short> SHORTS_OF_FLOATS =
      VectorSpecies.of(
          short.class, VectorShape.forBitSize(Math.max(Long.SIZE, FLOATS.vectorBitSize() / 2)));

  /** Whether registers hold a subspace of a block, so that the wide kernel is quickest. */
  private final boolean permutesWide;

  private final Kernels scalar = new ScalarKernels();

  VectorKernels() {
    this(ByteVector.SPECIES_PREFERRED.length() == BLOCK_SIZE);
  }

  /** For tests, which run the wide kernel whatever the processor has. */
  VectorKernels(boolean permutesWide) {
    this.permutesWide = permutesWide;
  }

  @Override
  public void multiply(
      float[] a,
      int aOffset,
      int aStride,
      int rows,
      int depth,
      float[] b,
      int bOffset,
      int cols,
      float[] out) {
    int i = 0;
    for (; i + 4 <= rows; i += 4) {
      int j = 0;
      for (; j + 2 * LANES <= cols; j += 2 * LANES) {
        tile4x2(a, aOffset + i * aStride, aStride, depth, b, bOffset + j, cols, out, i * cols + j);
      }
      for (; j < cols; j += LANES) {
        tile4x1(
            a, aOffset + i * aStride, aStride, depth, b, bOffset + j, cols, j, out, i * cols + j);
      }
    }
    for (; i < rows; i++) {
      int j = 0;
      for (; j + 8 * LANES <= cols; j += 8 * LANES) {
        tile1x8(a, aOffset + i * aStride, depth, b, bOffset + j, cols, out, i * cols + j);
      }
      for (; j < cols; j += LANES) {
        tile1x1(a, aOffset + i * aStride, depth, b, bOffset + j, cols, cols - j, out, i * cols + j);
      }
    }
  }

  /** Four rows by two registers: eight accumulators hide the latency of the multiply-add. */
  private static void tile4x2(
      float[] a, int ai, int stride, int depth, float[] b, int bj, int cols, float[] out, int oij) {
    FloatVector c00 = FloatVector.zero(FLOATS);
    FloatVector c01 = c00;
    FloatVector c10 = c00;
    FloatVector c11 = c00;
    FloatVector c20 = c00;
    FloatVector c21 = c00;
    FloatVector c30 = c00;
    FloatVector c31 = c00;
    for (int d = 0; d < depth; d++) {
      FloatVector b0 = FloatVector.fromArray(FLOATS, b, bj + d * cols);
      FloatVector b1 = FloatVector.fromArray(FLOATS, b, bj + d * cols + LANES);
      FloatVector a0 = FloatVector.broadcast(FLOATS, a[ai + d]);
      FloatVector a1 = FloatVector.broadcast(FLOATS, a[ai + stride + d]);
      FloatVector a2 = FloatVector.broadcast(FLOATS, a[ai + 2 * stride + d]);
      FloatVector a3 = FloatVector.broadcast(FLOATS, a[ai + 3 * stride + d]);
      c00 = a0.fma(b0, c00);
      c01 = a0.fma(b1, c01);
      c10 = a1.fma(b0, c10);
      c11 = a1.fma(b1, c11);
      c20 = a2.fma(b0, c20);
      c21 = a2.fma(b1, c21);
      c30 = a3.fma(b0, c30);
      c31 = a3.fma(b1, c31);
    }
    c00.intoArray(out, oij);
    c01.intoArray(out, oij + LANES);
    c10.intoArray(out, oij + cols);
    c11.intoArray(out, oij + cols + LANES);
    c20.intoArray(out, oij + 2 * cols);
    c21.intoArray(out, oij + 2 * cols + LANES);
    c30.intoArray(out, oij + 3 * cols);
    c31.intoArray(out, oij + 3 * cols + LANES);
  }

  /** Four rows by what is left of the columns from {@code j} on, at most one register. */
  private static void tile4x1(
      float[] a,
      int ai,
      int stride,
      int depth,
      float[] b,
      int bj,
      int cols,
      int j,
      float[] out,
      int oij) {
    VectorMask<Float> mask = FLOATS.indexInRange(j, cols);
    FloatVector c0 = FloatVector.zero(FLOATS);
    FloatVector c1 = c0;
    FloatVector c2 = c0;
    FloatVector c3 = c0;
    for (int d = 0; d < depth; d++) {
      FloatVector row = FloatVector.fromArray(FLOATS, b, bj + d * cols, mask);
      c0 = FloatVector.broadcast(FLOATS, a[ai + d]).fma(row, c0);
      c1 = FloatVector.broadcast(FLOATS, a[ai + stride + d]).fma(row, c1);
      c2 = FloatVector.broadcast(FLOATS, a[ai + 2 * stride + d]).fma(row, c2);
      c3 = FloatVector.broadcast(FLOATS, a[ai + 3 * stride + d]).fma(row, c3);
    }
    c0.intoArray(out, oij, mask);
    c1.intoArray(out, oij + cols, mask);
    c2.intoArray(out, oij + 2 * cols, mask);
    c3.intoArray(out, oij + 3 * cols, mask);
  }

  /** One row by eight registers, which hide the latency of the multiply-add. */
  private static void tile1x8(
      float[] a, int ai, int depth, float[] b, int bj, int cols, float[] out, int oij) {
    FloatVector c0 = FloatVector.zero(FLOATS);
    FloatVector c1 = c0;
    FloatVector c2 = c0;
    FloatVector c3 = c0;
    FloatVector c4 = c0;
    FloatVector c5 = c0;
    FloatVector c6 = c0;
    FloatVector c7 = c0;
    for (int d = 0; d < depth; d++) {
      FloatVector value = FloatVector.broadcast(FLOATS, a[ai + d]);
      int row = bj + d * cols;
      c0 = value.fma(FloatVector.fromArray(FLOATS, b, row), c0);
      c1 = value.fma(FloatVector.fromArray(FLOATS, b, row + LANES), c1);
      c2 = value.fma(FloatVector.fromArray(FLOATS, b, row + 2 * LANES), c2);
      c3 = value.fma(FloatVector.fromArray(FLOATS, b, row + 3 * LANES), c3);
      c4 = value.fma(FloatVector.fromArray(FLOATS, b, row + 4 * LANES), c4);
      c5 = value.fma(FloatVector.fromArray(FLOATS, b, row + 5 * LANES), c5);
      c6 = value.fma(FloatVector.fromArray(FLOATS, b, row + 6 * LANES), c6);
      c7 = value.fma(FloatVector.fromArray(FLOATS, b, row + 7 * LANES), c7);
    }
    c0.intoArray(out, oij);
    c1.intoArray(out, oij + LANES);
    c2.intoArray(out, oij + 2 * LANES);
    c3.intoArray(out, oij + 3 * LANES);
    c4.intoArray(out, oij + 4 * LANES);
    c5.intoArray(out, oij + 5 * LANES);
    c6.intoArray(out, oij + 6 * LANES);
    c7.intoArray(out, oij + 7 * LANES);
  }

  private static void tile1x1(
      float[] a, int ai, int depth, float[] b, int bj, int cols, int left, float[] out, int oij) {
    VectorMask<Float> mask = FLOATS.indexInRange(0, Math.min(left, LANES));
    FloatVector c = FloatVector.zero(FLOATS);
    for (int d = 0; d < depth; d++) {
      FloatVector row = FloatVector.fromArray(FLOATS, b, bj + d * cols, mask);
      c = FloatVector.broadcast(FLOATS, a[ai + d]).fma(row, c);
    }
    c.intoArray(out, oij, mask);
  }

  @Override
  public void nearest(
      float[] panel,
      int axes,
      float[] centroids,
      int centroidsOffset,
      float[] norms,
      int normsOffset,
      int count,
      int[] nearest,
      float[] distances) {
    for (int row = 0; row < PANEL_ROWS; row += 2 * LANES) {
      NearestCentroids.of(
          panel,
          row,
          axes,
          centroids,
          centroidsOffset,
          norms,
          normsOffset,
          count,
          nearest,
          distances);
    }
  }

  @Override
  public void multiply(float[] vector, byte[] matrix, float[] out) {
    for (int j = TableKernels.multiply(vector, matrix, out); j < out.length; j++) {
      float sum = 0;
      for (int d = 0; d < vector.length; d++) {
        sum += vector[d] * matrix[d * out.length + j];
      }
      out[j] = sum;
    }
  }

  @Override
  public void costs(
      float[] weights,
      int weightsOffset,
      int axes,
      short[] centroids,
      int centroidsOffset,
      float[] norms,
      int at,
      float normWeight,
      float[] costs,
      float[] range) {
    TableKernels.costs(
        weights,
        weightsOffset,
        axes,
        centroids,
        centroidsOffset,
        norms,
        at,
        normWeight,
        costs,
        range);
  }

  @Override
  public void quantize(
      float[] costs, int from, int length, float least, float factor, byte[] table) {
    int done = TableKernels.quantize(costs, from, length, least, factor, table);
    scalar.quantize(costs, done, from + length - done, least, factor, table);
  }

  @Override
  public void scan(
      byte[] table,
      byte[] first,
      int firstOffset,
      byte[] second,
      int secondOffset,
      int subspaces,
      int limit,
      short[] sums,
      long[] below) {
    if (permutesWide) {
      WideScan.scan(table, first, firstOffset, second, secondOffset, subspaces, limit, sums, below);
    } else {
      scalar.scan(table, first, firstOffset, second, secondOffset, subspaces, limit, sums, below);
    }
  }

  @Override
  public void keepLeast(short[] sums, int offset, int name, short[] least, short[] names) {
    for (int lane = 0; lane < SCAN_SIZE; lane += SHORTS_PREFERRED.length()) {
      ShortVector sum = ShortVector.fromArray(SHORTS_PREFERRED, sums, lane).add((short) offset);
      ShortVector before = ShortVector.fromArray(SHORTS_PREFERRED, least, lane);
      VectorMask<Short> less = sum.compare(VectorOperators.LT, before);
      before.blend(sum, less).intoArray(least, lane);
      ShortVector.fromArray(SHORTS_PREFERRED, names, lane)
          .blend((short) name, less)
          .intoArray(names, lane);
    }
  }

  @Override
  public void choose(byte[] table, byte[] chosen, byte[] rankingTable) {
    if (permutesWide) {
      WideScan.choose(table, chosen, rankingTable);
    } else {
      scalar.choose(table, chosen, rankingTable);
    }
  }

  @Override
  public void leastOfFour(
      byte[] rankingTable, byte[] codes, int codesOffset, short[] least, int at) {
    if (permutesWide) {
      WideScan.leastOfFour(rankingTable, codes, codesOffset, least, at);
    } else {
      scalar.leastOfFour(rankingTable, codes, codesOffset, least, at);
    }
  }

  @Override
  public void charge(float[] extents, float steps, short[] costs) {
    int from = 0;
    boolean fits = SHORTS_OF_FLOATS.length() == LANES;
    for (; fits && from + LANES <= extents.length; from += LANES) {
      ShortVector charges =
          (ShortVector)
              FloatVector.fromArray(FLOATS, extents, from)
                  .mul(steps)
                  .min(MAX_CHARGE)
                  .max(-MAX_CHARGE)
                  .convertShape(VectorOperators.F2S, SHORTS_OF_FLOATS, 0);
      ShortVector.fromArray(SHORTS_OF_FLOATS, costs, from).add(charges).intoArray(costs, from);
    }
    ScalarKernels.charge(extents, from, steps, costs);
  }

  @Override
  public int placesUpTo(short[] costs, int count, int limit, int[] places) {
    int lanes = SHORTS_PREFERRED.length();
    int length = 0;
    int from = 0;
    for (; from + lanes <= count; from += lanes) {
      long upTo =
          ShortVector.fromArray(SHORTS_PREFERRED, costs, from)
              .compare(VectorOperators.LE, (short) limit)
              .toLong();
      for (long left = upTo; left != 0; left &= left - 1) {
        places[length++] = from + Long.numberOfTrailingZeros(left);
      }
    }
    return ScalarKernels.placesUpTo(costs, from, count, limit, places, length);
  }

  @Override
  public String name() {
    return "vector-" + FLOATS.vectorBitSize() + (permutesWide ? "-permute64" : "");
  }
}
