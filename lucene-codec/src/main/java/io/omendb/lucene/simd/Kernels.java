/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene.simd;

/**
 * The inner loops of training, encoding and searching. {@link ScalarKernels} is the specification:
 * every other implementation returns equal integers, and floats that differ only by the order of
 * summation. Implementations hold no state and may be shared by threads.
 */
public interface Kernels {

  /** Vectors in one block of transposed codes. */
  int BLOCK_SIZE = 64;

  /** Blocks scored at once: what is read of the table serves all of them. */
  int SCAN_BLOCKS = 2;

  /** Codes scored at once. */
  int SCAN_SIZE = SCAN_BLOCKS * BLOCK_SIZE;

  /** Vectors in one panel, which is what nearest centroids are found for at once. */
  int PANEL_ROWS = 32;

  /** Centroids of one subspace, the number of values of a one-byte code. */
  int CENTROIDS = 256;

  /**
   * Centroids of one subspace whose costs fit into one register; as many as a block has vectors, so
   * that rows of such a table are as long as rows of codes.
   */
  int PALETTE = BLOCK_SIZE;

  /** The most that is added to a cost or taken from it, as much as 32 subspaces cost at most. */
  int MAX_CHARGE = 32 * 255;

  /** The quickest implementation for this JVM and processor. */
  static Kernels best() {
    return KernelSelection.BEST;
  }

  /**
   * An implementation without the Vector API, for what is done once: until that API is compiled,
   * each register is an object, which takes far longer, and megabytes of heap.
   */
  static Kernels scalar() {
    return new ScalarKernels();
  }

  /**
   * Matrix product, row-major: {@code out[i][j] = sum over d of a[i][d] * b[d][j]}.
   *
   * @param a left matrix; row {@code i} begins at {@code aOffset + i * aStride}
   * @param rows rows of {@code a} and of {@code out}
   * @param depth columns of {@code a}, rows of {@code b}
   * @param b right matrix; row {@code d} begins at {@code bOffset + d * cols}
   * @param cols columns of {@code b} and of {@code out}
   * @param out result, row {@code i} begins at {@code i * cols}; overwritten
   */
  void multiply(
      float[] a,
      int aOffset,
      int aStride,
      int rows,
      int depth,
      float[] b,
      int bOffset,
      int cols,
      float[] out);

  /**
   * Product of a vector and a matrix of 8-bit integers, row-major: {@code out[j] = sum over d of
   * vector[d] * matrix[d][j]}.
   *
   * @param matrix {@code vector.length} rows of {@code out.length} values
   * @param out result, overwritten
   */
  void multiply(float[] vector, byte[] matrix, float[] out);

  /**
   * Costs of the centroids of a subspace: {@code costs[at + c] = normWeight * norms[at + c] + sum
   * over d of weights[weightsOffset + d] * centroids[centroidsOffset + d * 256 + c]}, for {@code c}
   * in {@code [0, 256)} and {@code d} in {@code [0, axes)}.
   *
   * @param axes axes of the subspace
   * @param range receives the least and the greatest of these costs
   */
  void costs(
      float[] weights,
      int weightsOffset,
      int axes,
      short[] centroids,
      int centroidsOffset,
      float[] norms,
      int at,
      float normWeight,
      float[] costs,
      float[] range);

  /**
   * Rounds costs to unsigned bytes: {@code table[i] = min(255, floor((costs[i] - least) * factor +
   * 0.5))} for {@code i} in {@code [from, from + length)}.
   *
   * @param least no cost is less
   */
  void quantize(float[] costs, int from, int length, float least, float factor, byte[] table);

  /**
   * The centroids nearest to the vectors of a panel: for each vector the first {@code i} in {@code
   * [0, count)} that minimises its distance {@code norms[i] - 2 * dot product}, which is the
   * squared distance less the squared length of the vector; 0 if none is a number.
   *
   * @param panel {@link #PANEL_ROWS} vectors, layout [axis][vector]
   * @param centroids layout [axis][centroid]
   * @param norms squared lengths of the centroids
   * @param count number of centroids
   * @param nearest result, one for each vector
   * @param distances result, one for each vector; infinite where no distance is a number
   */
  void nearest(
      float[] panel,
      int axes,
      float[] centroids,
      int centroidsOffset,
      float[] norms,
      int normsOffset,
      int count,
      int[] nearest,
      float[] distances);

  /**
   * Scores {@link #SCAN_BLOCKS} blocks of codes, which may be the same: the cost of vector {@code
   * v} of a block is the sum over {@code s} of {@code table[s * 256 + codes[s * 64 + v]]}, all
   * bytes unsigned. Results come in lane order, of each block the even vectors before the odd ones
   * (see {@link #vectorOf}), because that is how bytes widen without a shuffle.
   *
   * @param table 8-bit partial costs, layout [subspace][centroid]
   * @param first transposed codes of a block, layout [subspace][vector]
   * @param second likewise
   * @param subspaces at most 128, so that sums fit 15 bits
   * @param limit exclusive bound for {@code below}, in [0, 32767]
   * @param sums result, one for each of {@link #SCAN_SIZE} lanes
   * @param below result, one for each block: bit {@code i} is set when the sum of its lane {@code
   *     i} is less than {@code limit}
   */
  void scan(
      byte[] table,
      byte[] first,
      int firstOffset,
      byte[] second,
      int secondOffset,
      int subspaces,
      int limit,
      short[] sums,
      long[] below);

  /** Scores {@link #SCAN_BLOCKS} blocks of codes that lie one after the other. */
  default void scan(
      byte[] table,
      byte[] codes,
      int codesOffset,
      int subspaces,
      int limit,
      short[] sums,
      long[] below) {
    int second = codesOffset + subspaces * BLOCK_SIZE;
    scan(table, codes, codesOffset, codes, second, subspaces, limit, sums, below);
  }

  /**
   * Keeps the least sums of several scans: where {@code sums[lane] + offset} is less than {@code
   * least[lane]}, it takes its place, and {@code name} that of {@code names[lane]}; for all {@link
   * #SCAN_SIZE} lanes.
   *
   * @param sums at most 32,767 with the offset
   * @param name of the scan, a 16-bit value
   */
  void keepLeast(short[] sums, int offset, int name, short[] least, short[] names);

  /**
   * Makes a table of some of the centroids: {@code rankingTable[s * 64 + i] = table[s * 256 +
   * chosen[s * 64 + i]]}, for {@code i} in {@code [0, 64)}.
   *
   * @param table layout [subspace][centroid]
   * @param chosen numbers of {@link #PALETTE} centroids of each subspace, unsigned
   * @param rankingTable result, as long as {@code chosen}
   */
  void choose(byte[] table, byte[] chosen, byte[] rankingTable);

  /**
   * Scores {@link #SCAN_BLOCKS} blocks of codes below {@link #PALETTE}, as {@link #scan} does, and
   * keeps the least of four lanes each: {@code least[at + 16 * b + j]} is the least sum of block
   * {@code b} in the lanes {@code j}, {@code j + 16}, {@code j + 32} and {@code j + 48}, for {@code
   * j} in {@code [0, 16)}.
   *
   * @param rankingTable from {@link #choose}; one row for each subspace, at most 128
   * @param codes transposed codes, layout [block][subspace][vector], all in {@code [0, 64)}
   * @param codesOffset where the first of the blocks begins
   */
  void leastOfFour(byte[] rankingTable, byte[] codes, int codesOffset, short[] least, int at);

  /**
   * Adds to costs: {@code costs[i] += charge(extents[i], steps)} for {@code i} in {@code [0,
   * extents.length)}.
   *
   * @param extents any numbers; see {@link #charge(float, float)}
   * @param costs sums of a table of at most 32 subspaces
   */
  void charge(float[] extents, float steps, short[] costs);

  /**
   * What something of an extent is charged: {@code extent * steps}, cut to whole steps and to
   * {@link #MAX_CHARGE} of them either way; nothing where that is no number.
   */
  static int charge(float extent, float steps) {
    return (int) Math.max(-MAX_CHARGE, Math.min(MAX_CHARGE, extent * steps));
  }

  /**
   * Collects the places of costs up to a limit, ascending.
   *
   * @param limit a 16-bit value
   * @param places result, at least {@code count} long
   * @return how many there are
   */
  int placesUpTo(short[] costs, int count, int limit, int[] places);

  /**
   * The vector, in [0, 128), whose cost {@link #scan} leaves in a lane; of one block, in [0, 64).
   */
  static int vectorOf(int lane) {
    return (lane & -BLOCK_SIZE) + 2 * (lane & 31) + (lane >> 5 & 1);
  }

  /** Name for logs and benchmark reports. */
  String name();
}
