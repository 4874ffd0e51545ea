/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene.simd;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.Vector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The scans of two blocks in 64-byte registers: all codes of a subspace are looked up at once, each
 * half of the table in two registers, or all of a short one in one. They are loaded once for both
 * blocks: loads are what bounds it.
 */
final class WideScan {
  private static final VectorSpecies<Byte> BYTES = ByteVector.SPECIES_512;
  private static final VectorSpecies<Short> SHORTS = ShortVector.SPECIES_512;

  /** Costs that a register holds. */
  private static final int LANES = BYTES.length();

  /** A quarter of the sums of a block. */
  private static final VectorSpecies<Short> QUARTERS = ShortVector.SPECIES_256;

  /** Looks up in two registers with one instruction; null before Java 24. */
  private static final MethodHandle SELECT_FROM_TWO = selectFromTwo();

  private WideScan() {}

  private static MethodHandle selectFromTwo() {
    MethodType type = MethodType.methodType(ByteVector.class, Vector.class, Vector.class);
    try {
      return MethodHandles.publicLookup().findVirtual(ByteVector.class, "selectFrom", type);
    } catch (NoSuchMethodException | IllegalAccessException e) {
      return null;
    }
  }

  /** See {@link Kernels#scan}. */
  static void scan(
      byte[] table,
      byte[] first,
      int firstOffset,
      byte[] second,
      int secondOffset,
      int subspaces,
      int limit,
      short[] sums,
      long[] below) {
    if (SELECT_FROM_TWO != null) {
      scanBoth(table, first, firstOffset, second, secondOffset, subspaces, limit, sums, below);
    } else {
      below[0] = scanOne(table, first, firstOffset, subspaces, limit, sums, 0);
      below[1] = scanOne(table, second, secondOffset, subspaces, limit, sums, LANES);
    }
  }

  private static void scanBoth(
      byte[] table,
      byte[] first,
      int firstOffset,
      byte[] second,
      int secondOffset,
      int subspaces,
      int limit,
      short[] sums,
      long[] below) {
    // Viewed as 16-bit lanes, a byte register holds code 2i in the low half, 2i + 1 in the high
    // one. Sums of whole lanes wrap around. Spelled out for both blocks: what takes registers as
    // arguments may not be inlined, and then is fifty times slower.
    ShortVector both0 = ShortVector.zero(SHORTS);
    ShortVector both1 = both0;
    ShortVector odd0 = both0;
    ShortVector odd1 = both0;
    for (int s = 0; s < subspaces; s++) {
      int row = s * Kernels.CENTROIDS;
      ByteVector q0 = ByteVector.fromArray(BYTES, table, row);
      ByteVector q1 = ByteVector.fromArray(BYTES, table, row + LANES);
      ByteVector q2 = ByteVector.fromArray(BYTES, table, row + 2 * LANES);
      ByteVector q3 = ByteVector.fromArray(BYTES, table, row + 3 * LANES);
      int at = s * LANES;
      ByteVector code0 = ByteVector.fromArray(BYTES, first, firstOffset + at);
      ByteVector code1 = ByteVector.fromArray(BYTES, second, secondOffset + at);
      ShortVector cost0 =
          lookUpInBoth(code0, q0, q1)
              .blend(lookUpInBoth(code0, q2, q3), code0.compare(VectorOperators.LT, (byte) 0))
              .reinterpretAsShorts();
      ShortVector cost1 =
          lookUpInBoth(code1, q0, q1)
              .blend(lookUpInBoth(code1, q2, q3), code1.compare(VectorOperators.LT, (byte) 0))
              .reinterpretAsShorts();
      both0 = both0.add(cost0);
      both1 = both1.add(cost1);
      odd0 = odd0.add(cost0.lanewise(VectorOperators.LSHR, Byte.SIZE));
      odd1 = odd1.add(cost1.lanewise(VectorOperators.LSHR, Byte.SIZE));
    }
    both0.sub(odd0.lanewise(VectorOperators.LSHL, Byte.SIZE)).intoArray(sums, 0);
    odd0.intoArray(sums, SHORTS.length());
    both1.sub(odd1.lanewise(VectorOperators.LSHL, Byte.SIZE)).intoArray(sums, LANES);
    odd1.intoArray(sums, LANES + SHORTS.length());
    below[0] = below(sums, 0, limit);
    below[1] = below(sums, LANES, limit);
  }

  /** Bits of the lanes of a block with less than the limit. */
  private static long below(short[] sums, int at, int limit) {
    long evens =
        ShortVector.fromArray(SHORTS, sums, at).compare(VectorOperators.LT, (short) limit).toLong();
    long odds =
        ShortVector.fromArray(SHORTS, sums, at + SHORTS.length())
            .compare(VectorOperators.LT, (short) limit)
            .toLong();
    return evens | odds << SHORTS.length();
  }

  /**
   * Scans one block, as before Java 24, when looking up takes two instructions and two masks more:
   * there two blocks at once were a third slower, and so were two calls of this in a row. Spelled
   * out as well.
   */
  static long scanOne(
      byte[] table, byte[] codes, int codesOffset, int subspaces, int limit, short[] sums, int at) {
    ShortVector both = ShortVector.zero(SHORTS);
    ShortVector odd = both;
    for (int s = 0; s < subspaces; s++) {
      int row = s * Kernels.CENTROIDS;
      ByteVector code = ByteVector.fromArray(BYTES, codes, codesOffset + s * LANES);
      VectorMask<Byte> bit7 = code.compare(VectorOperators.LT, (byte) 0);
      // Java 21 to 23 refuse an index beyond the register, later versions wrap it around.
      VectorMask<Byte> bit6 = code.and((byte) LANES).compare(VectorOperators.NE, (byte) 0);
      ByteVector index = code.and((byte) (LANES - 1));
      ByteVector q0 = index.selectFrom(ByteVector.fromArray(BYTES, table, row));
      ByteVector q1 = index.selectFrom(ByteVector.fromArray(BYTES, table, row + LANES));
      ByteVector q2 = index.selectFrom(ByteVector.fromArray(BYTES, table, row + 2 * LANES));
      ByteVector q3 = index.selectFrom(ByteVector.fromArray(BYTES, table, row + 3 * LANES));
      ShortVector cost = q0.blend(q1, bit6).blend(q2.blend(q3, bit6), bit7).reinterpretAsShorts();
      both = both.add(cost);
      odd = odd.add(cost.lanewise(VectorOperators.LSHR, Byte.SIZE));
    }
    both.sub(odd.lanewise(VectorOperators.LSHL, Byte.SIZE)).intoArray(sums, at);
    odd.intoArray(sums, at + SHORTS.length());
    return below(sums, at, limit);
  }

  /** See {@link Kernels#choose}. Spelled out as well. */
  static void choose(byte[] table, byte[] chosen, byte[] rankingTable) {
    for (int at = 0; at < chosen.length; at += LANES) {
      int row = at / LANES * Kernels.CENTROIDS;
      ByteVector number = ByteVector.fromArray(BYTES, chosen, at);
      VectorMask<Byte> bit7 = number.compare(VectorOperators.LT, (byte) 0);
      VectorMask<Byte> bit6 = number.and((byte) LANES).compare(VectorOperators.NE, (byte) 0);
      ByteVector index = number.and((byte) (LANES - 1));
      ByteVector q0 = index.selectFrom(ByteVector.fromArray(BYTES, table, row));
      ByteVector q1 = index.selectFrom(ByteVector.fromArray(BYTES, table, row + LANES));
      ByteVector q2 = index.selectFrom(ByteVector.fromArray(BYTES, table, row + 2 * LANES));
      ByteVector q3 = index.selectFrom(ByteVector.fromArray(BYTES, table, row + 3 * LANES));
      q0.blend(q1, bit6).blend(q2.blend(q3, bit6), bit7).intoArray(rankingTable, at);
    }
  }

  /** See {@link Kernels#leastOfFour}. A register holds a row of the table. Spelled out as well. */
  static void leastOfFour(
      byte[] rankingTable, byte[] codes, int codesOffset, short[] least, int at) {
    int second = codesOffset + rankingTable.length;
    ShortVector both0 = ShortVector.zero(SHORTS);
    ShortVector both1 = both0;
    ShortVector odd0 = both0;
    ShortVector odd1 = both0;
    for (int row = 0; row < rankingTable.length; row += LANES) {
      ByteVector costs = ByteVector.fromArray(BYTES, rankingTable, row);
      ShortVector cost0 =
          ByteVector.fromArray(BYTES, codes, codesOffset + row)
              .selectFrom(costs)
              .reinterpretAsShorts();
      ShortVector cost1 =
          ByteVector.fromArray(BYTES, codes, second + row).selectFrom(costs).reinterpretAsShorts();
      both0 = both0.add(cost0);
      both1 = both1.add(cost1);
      odd0 = odd0.add(cost0.lanewise(VectorOperators.LSHR, Byte.SIZE));
      odd1 = odd1.add(cost1.lanewise(VectorOperators.LSHR, Byte.SIZE));
    }
    ShortVector least0 = both0.sub(odd0.lanewise(VectorOperators.LSHL, Byte.SIZE)).min(odd0);
    ShortVector least1 = both1.sub(odd1.lanewise(VectorOperators.LSHL, Byte.SIZE)).min(odd1);
    ((ShortVector) least0.reinterpretShape(QUARTERS, 0))
        .min(least0.reinterpretShape(QUARTERS, 1))
        .intoArray(least, at);
    ((ShortVector) least1.reinterpretShape(QUARTERS, 0))
        .min(least1.reinterpretShape(QUARTERS, 1))
        .intoArray(least, at + QUARTERS.length());
  }

  /** Entries of half a table, by the lower seven bits of codes. */
  static ByteVector lookUpInBoth(ByteVector code, ByteVector q0, ByteVector q1) {
    try {
      // Indexes beyond both registers wrap around.
      return (ByteVector) SELECT_FROM_TWO.invokeExact(code, (Vector<Byte>) q0, (Vector<Byte>) q1);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new AssertionError("selectFrom declares no exception", e);
    }
  }
}
