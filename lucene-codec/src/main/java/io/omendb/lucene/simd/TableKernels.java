/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene.simd;

import static io.omendb.lucene.simd.Kernels.CENTROIDS;

import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.Vector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/** What makes the table of a query, on the Vector API: rotation, costs, rounding. */
final class TableKernels {
  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = FLOATS.length();

  private static final VectorSpecies<Integer> INTS =
      VectorSpecies.of(int.class, FLOATS.vectorShape());

  /** As many shorts as a register has floats. */
  private static final VectorSpecies<Short> SHORTS =
      VectorSpecies.of(short.class, VectorShape.forBitSize(LANES * Short.SIZE));

  /** As many bytes as a register has floats, or twice as many where that is the least there is. */
  private static final VectorSpecies<Byte> BYTES =
      VectorSpecies.of(byte.class, VectorShape.forBitSize(Math.max(64, LANES * Byte.SIZE)));

  /** Registers of floats in one of bytes. */
  private static final int PARTS = BYTES.length() / LANES;

  private TableKernels() {}

  /**
   * See {@link Kernels#multiply(float[], byte[], float[])}. Returns how many columns it has done.
   */
  static int multiply(float[] vector, byte[] matrix, float[] out) {
    int j = 0;
    for (; j + 4 * LANES <= out.length; j += 4 * LANES) {
      multiply4(vector, matrix, out, j);
    }
    if (PARTS > 1 || out.length < LANES) {
      return j;
    }
    while (j < out.length) {
      // The last register takes some columns once more, and gets the same for them.
      int at = Math.min(j, out.length - LANES);
      FloatVector sum = FloatVector.zero(FLOATS);
      for (int d = 0; d < vector.length; d++) {
        FloatVector value = FloatVector.broadcast(FLOATS, vector[d]);
        Vector<Float> row =
            ByteVector.fromArray(BYTES, matrix, d * out.length + at)
                .convertShape(VectorOperators.B2F, FLOATS, 0);
        sum = value.fma((FloatVector) row, sum);
      }
      sum.intoArray(out, at);
      j = at + LANES;
    }
    return j;
  }

  /**
   * Four registers of columns: enough to hide the latency of the multiply-add. Spelled out: this is
   * small enough to become part of whoever calls it, where helpers that return registers may be
   * left as calls, and then are many times slower.
   */
  private static void multiply4(float[] vector, byte[] matrix, float[] out, int j) {
    FloatVector c0 = FloatVector.zero(FLOATS);
    FloatVector c1 = c0;
    FloatVector c2 = c0;
    FloatVector c3 = c0;
    for (int d = 0; d < vector.length; d++) {
      FloatVector value = FloatVector.broadcast(FLOATS, vector[d]);
      int row = d * out.length + j;
      Vector<Float> row0 =
          ByteVector.fromArray(BYTES, matrix, row).convertShape(VectorOperators.B2F, FLOATS, 0);
      Vector<Float> row1 =
          ByteVector.fromArray(BYTES, matrix, row + 1 / PARTS * BYTES.length())
              .convertShape(VectorOperators.B2F, FLOATS, 1 % PARTS);
      Vector<Float> row2 =
          ByteVector.fromArray(BYTES, matrix, row + 2 / PARTS * BYTES.length())
              .convertShape(VectorOperators.B2F, FLOATS, 2 % PARTS);
      Vector<Float> row3 =
          ByteVector.fromArray(BYTES, matrix, row + 3 / PARTS * BYTES.length())
              .convertShape(VectorOperators.B2F, FLOATS, 3 % PARTS);
      c0 = value.fma((FloatVector) row0, c0);
      c1 = value.fma((FloatVector) row1, c1);
      c2 = value.fma((FloatVector) row2, c2);
      c3 = value.fma((FloatVector) row3, c3);
    }
    c0.intoArray(out, j);
    c1.intoArray(out, j + LANES);
    c2.intoArray(out, j + 2 * LANES);
    c3.intoArray(out, j + 3 * LANES);
  }

  private static FloatVector widened(short[] values, int at) {
    return (FloatVector)
        ShortVector.fromArray(SHORTS, values, at).convertShape(VectorOperators.S2F, FLOATS, 0);
  }

  /** See {@link Kernels#costs}. */
  static void costs(
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
    FloatVector least = FloatVector.broadcast(FLOATS, Float.POSITIVE_INFINITY);
    FloatVector greatest = FloatVector.broadcast(FLOATS, Float.NEGATIVE_INFINITY);
    for (int c = at; c < at + CENTROIDS; c += 4 * LANES) {
      FloatVector c0 = FloatVector.fromArray(FLOATS, norms, c).mul(normWeight);
      FloatVector c1 = FloatVector.fromArray(FLOATS, norms, c + LANES).mul(normWeight);
      FloatVector c2 = FloatVector.fromArray(FLOATS, norms, c + 2 * LANES).mul(normWeight);
      FloatVector c3 = FloatVector.fromArray(FLOATS, norms, c + 3 * LANES).mul(normWeight);
      for (int d = 0; d < axes; d++) {
        FloatVector weight = FloatVector.broadcast(FLOATS, weights[weightsOffset + d]);
        int row = centroidsOffset + d * CENTROIDS + c - at;
        c0 = weight.fma(widened(centroids, row), c0);
        c1 = weight.fma(widened(centroids, row + LANES), c1);
        c2 = weight.fma(widened(centroids, row + 2 * LANES), c2);
        c3 = weight.fma(widened(centroids, row + 3 * LANES), c3);
      }
      c0.intoArray(costs, c);
      c1.intoArray(costs, c + LANES);
      c2.intoArray(costs, c + 2 * LANES);
      c3.intoArray(costs, c + 3 * LANES);
      least = less(less(less(less(least, c0), c1), c2), c3);
      greatest = greater(greater(greater(greater(greatest, c0), c1), c2), c3);
    }
    range[0] = least.reduceLanes(VectorOperators.MIN);
    range[1] = greatest.reduceLanes(VectorOperators.MAX);
  }

  /** Cheaper than the minimum, which treats zeros and what is not a number with care. */
  private static FloatVector less(FloatVector a, FloatVector b) {
    return a.blend(b, b.compare(VectorOperators.LT, a));
  }

  private static FloatVector greater(FloatVector a, FloatVector b) {
    return a.blend(b, b.compare(VectorOperators.GT, a));
  }

  /** See {@link Kernels#quantize}. Returns the first cost that it has not rounded. */
  static int quantize(
      float[] costs, int from, int length, float least, float factor, byte[] table) {
    int i = from;
    for (; PARTS == 1 && i + LANES <= from + length; i += LANES) {
      FloatVector.fromArray(FLOATS, costs, i)
          .sub(least)
          .mul(factor)
          .add(0.5f)
          .min(255f)
          .convertShape(VectorOperators.F2I, INTS, 0)
          .convertShape(VectorOperators.I2B, BYTES, 0)
          .reinterpretAsBytes()
          .intoArray(table, i);
    }
    return i;
  }
}
