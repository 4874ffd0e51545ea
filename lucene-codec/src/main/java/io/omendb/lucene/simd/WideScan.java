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
 * The scan of a block in 64-byte registers: all codes of a subspace are looked up at once, each
 * half of the table in two registers.
 */
final class WideScan {
  private static final VectorSpecies<Byte> BYTES = ByteVector.SPECIES_512;
  private static final VectorSpecies<Short> SHORTS = ShortVector.SPECIES_512;

  /** Costs that a register holds. */
  private static final int LANES = BYTES.length();

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
  static long scan(
      byte[] table, byte[] codes, int codesOffset, int subspaces, short[] sums, int limit) {
    // Viewed as 16-bit lanes, a byte register holds code 2i in the low half, 2i + 1 in the high
    // one.
    ShortVector even = ShortVector.zero(SHORTS);
    ShortVector odd = even;
    for (int s = 0; s < subspaces; s++) {
      int row = s * Kernels.CENTROIDS;
      ByteVector code = ByteVector.fromArray(BYTES, codes, codesOffset + s * LANES);
      ByteVector lower = lookUp(code, table, row);
      ByteVector upper = lookUp(code, table, row + 2 * LANES);
      VectorMask<Byte> bit7 = code.compare(VectorOperators.LT, (byte) 0);
      ShortVector cost = lower.blend(upper, bit7).reinterpretAsShorts();
      even = even.add(cost.and((short) 0xFF));
      odd = odd.add(cost.lanewise(VectorOperators.LSHR, 8));
    }
    even.intoArray(sums, 0);
    odd.intoArray(sums, SHORTS.length());
    long evens = even.compare(VectorOperators.LT, (short) limit).toLong();
    long odds = odd.compare(VectorOperators.LT, (short) limit).toLong();
    return evens | odds << SHORTS.length();
  }

  /** Entries of half a table, by the lower seven bits of codes. */
  private static ByteVector lookUp(ByteVector code, byte[] table, int at) {
    return SELECT_FROM_TWO == null ? lookUpInEach(code, table, at) : lookUpInBoth(code, table, at);
  }

  static ByteVector lookUpInBoth(ByteVector code, byte[] table, int at) {
    Vector<Byte> q0 = ByteVector.fromArray(BYTES, table, at);
    Vector<Byte> q1 = ByteVector.fromArray(BYTES, table, at + LANES);
    try {
      // Indexes beyond both registers wrap around.
      return (ByteVector) SELECT_FROM_TWO.invokeExact(code, q0, q1);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new AssertionError("selectFrom declares no exception", e);
    }
  }

  static ByteVector lookUpInEach(ByteVector code, byte[] table, int at) {
    // Java 21 to 23 refuse an index beyond the register, later versions wrap it around.
    ByteVector index = code.and((byte) (LANES - 1));
    VectorMask<Byte> bit6 = code.and((byte) LANES).compare(VectorOperators.NE, (byte) 0);
    ByteVector q0 = index.selectFrom(ByteVector.fromArray(BYTES, table, at));
    ByteVector q1 = index.selectFrom(ByteVector.fromArray(BYTES, table, at + LANES));
    return q0.blend(q1, bit6);
  }
}
