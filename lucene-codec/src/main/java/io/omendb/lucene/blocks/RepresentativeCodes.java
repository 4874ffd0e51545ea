/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene.blocks;

import io.omendb.lucene.simd.Kernels;
import java.io.IOException;
import java.util.Arrays;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.store.DataOutput;
import org.apache.lucene.store.IndexInput;

/**
 * What ranks blocks: {@link #PER_BLOCK} means of parts of each block, coded by centroids of the
 * vectors' codebook, so that the table of a query scores them as it scores vectors. Of these
 * centroids they use a {@link Palette}, and a code is a place in it. A block costs what the best of
 * its means costs. How much farther than these its best vectors may be is known, too.
 *
 * <p>The codes of {@link #BLOCKS_PER_GROUP} blocks lie in a group, transposed as a block of vectors
 * is, layout [subspace][vector]. The mean {@code i} of the block {@code j} of a group is scored in
 * the lane {@code i * BLOCKS_PER_GROUP + j}, see {@link Kernels#vectorOf}.
 */
public final class RepresentativeCodes {
  /** Means of a block. */
  public static final int PER_BLOCK = 4;

  /** Blocks whose means fill a block of codes. */
  public static final int BLOCKS_PER_GROUP = Kernels.BLOCK_SIZE / PER_BLOCK;

  private static final int BLOCKS_PER_SCAN = Kernels.SCAN_BLOCKS * BLOCKS_PER_GROUP;

  private final int blockCount;
  private final Palette palette;

  /** Groups of each scan, one after the other; zeros behind the last block. */
  private final byte[][] scans;

  /** Of each block, see {@link #excesses()}. */
  private final float[] excesses;

  /** Codes of so many blocks, zeros until they are {@link #set}, as excesses are. */
  RepresentativeCodes(int blockCount, Palette palette) {
    this.blockCount = blockCount;
    this.palette = palette;
    int scanCount = Math.ceilDiv(groupCount(blockCount), Kernels.SCAN_BLOCKS);
    scans = new byte[scanCount][Kernels.SCAN_BLOCKS * palette.centroids().length];
    excesses = new float[blockCount];
  }

  /** Number of groups of so many blocks. */
  static int groupCount(int blockCount) {
    return Math.ceilDiv(blockCount, BLOCKS_PER_GROUP);
  }

  /** Length of an array that {@link #costs} fills: beyond the last block, too. */
  public static int costsLength(int blockCount) {
    return Math.ceilDiv(blockCount, BLOCKS_PER_SCAN) * BLOCKS_PER_SCAN;
  }

  /** Bytes that {@link #write} writes for vectors coded in so many subspaces. */
  public static long length(int blockCount, int subspaces) {
    return Palette.length(subspaces)
        + codesLength(blockCount, subspaces)
        + (long) blockCount * Float.BYTES;
  }

  /** Bytes of the codes alone. */
  public static long codesLength(int blockCount, int subspaces) {
    return (long) groupCount(blockCount) * Kernels.BLOCK_SIZE * subspaces;
  }

  /** Writes the palette, all groups, one after the other, and the excesses. */
  public void write(DataOutput out) throws IOException {
    out.writeBytes(palette.centroids(), palette.centroids().length);
    for (int group = 0; group < groupCount(blockCount); group++) {
      out.writeBytes(scan(group), groupAt(group), groupLength());
    }
    for (float excess : excesses) {
      out.writeInt(Float.floatToIntBits(excess));
    }
  }

  /** Reads what {@link #write} wrote. */
  public static RepresentativeCodes read(IndexInput in, int blockCount, int subspaces)
      throws IOException {
    byte[] chosen = new byte[Palette.length(subspaces)];
    in.readBytes(chosen, 0, chosen.length);
    RepresentativeCodes result = new RepresentativeCodes(blockCount, new Palette(chosen));
    for (int group = 0; group < groupCount(blockCount); group++) {
      in.readBytes(result.scan(group), result.groupAt(group), result.groupLength());
    }
    in.readFloats(result.excesses, 0, blockCount);
    int all = 0;
    for (byte[] scan : result.scans) {
      for (byte place : scan) {
        all |= place;
      }
    }
    if (all < 0 || all >= Kernels.PALETTE) {
      throw new CorruptIndexException("a representative is coded beyond its palette", in);
    }
    return result;
  }

  /** Bytes of a group; a subspace takes as many as it has entries in the palette. */
  private int groupLength() {
    return palette.centroids().length;
  }

  /** The groups that are scanned together with one. */
  private byte[] scan(int group) {
    return scans[group / Kernels.SCAN_BLOCKS];
  }

  /** Where among these it begins. */
  private int groupAt(int group) {
    return group % Kernels.SCAN_BLOCKS * groupLength();
  }

  /** Where in its group the code of a mean of a block begins, a byte for each 64 bytes. */
  static int placeInGroup(int block, int mean) {
    return Kernels.vectorOf(mean * BLOCKS_PER_GROUP + block % BLOCKS_PER_GROUP);
  }

  /** Sets the code of a mean of a block, places in the palette. */
  void set(int block, int mean, byte[] code, int offset) {
    int group = block / BLOCKS_PER_GROUP;
    byte[] codes = scan(group);
    int from = groupAt(group) + placeInGroup(block, mean);
    for (int s = 0; s < groupLength() / Kernels.BLOCK_SIZE; s++) {
      codes[from + s * Kernels.BLOCK_SIZE] = code[offset + s];
    }
  }

  /** Sets the excess of a block. */
  void setExcess(int block, float excess) {
    excesses[block] = excess;
  }

  /**
   * Of each block the first decile of how much farther its vectors are from a query than the means
   * that they are nearest to, averaged over queries that lie around the origin as vectors do: the
   * squared length of the vector less that of the mean, since {@code |q - x|^2 - |q - m|^2 = |x|^2
   * - |m|^2 - 2 q.(x - m)}. Zeros where that is not known; not to be changed. Out of a damaged file
   * they may be any numbers.
   */
  public float[] excesses() {
    return excesses;
  }

  /** Reads the code of a mean of a block, numbers of centroids of the codebook. */
  public void read(int block, int mean, byte[] code) {
    int group = block / BLOCKS_PER_GROUP;
    byte[] codes = scan(group);
    int from = groupAt(group) + placeInGroup(block, mean);
    for (int s = 0; s < code.length; s++) {
      code[s] = palette.centroid(s, codes[from + s * Kernels.BLOCK_SIZE]);
    }
  }

  /**
   * Makes the table that {@link #costs} and {@link #cost} take.
   *
   * @param table 8-bit partial costs of a query, layout [subspace][centroid]
   * @param rankingTable receives those of the palette; {@link Kernels#PALETTE} for each subspace
   */
  public void choose(Kernels kernels, byte[] table, byte[] rankingTable) {
    kernels.choose(table, palette.centroids(), rankingTable);
  }

  /**
   * Scores all blocks.
   *
   * @param rankingTable from {@link #choose}
   * @param costs receives the cost of each block; {@link #costsLength} long
   */
  public void costs(Kernels kernels, byte[] rankingTable, short[] costs) {
    for (int i = 0; i < scans.length; i++) {
      kernels.leastOfFour(rankingTable, scans[i], 0, costs, i * BLOCKS_PER_SCAN);
    }
  }

  /** Scores one block. */
  public int cost(byte[] rankingTable, int block) {
    int group = block / BLOCKS_PER_GROUP;
    byte[] codes = scan(group);
    int least = Integer.MAX_VALUE;
    for (int i = 0; i < PER_BLOCK; i++) {
      int at = groupAt(group) + placeInGroup(block, i);
      int sum = 0;
      for (int row = 0; row < rankingTable.length; row += Kernels.PALETTE) {
        sum += rankingTable[row + codes[at]] & 0xFF;
        at += Kernels.BLOCK_SIZE;
      }
      least = Math.min(least, sum);
    }
    return least;
  }

  @Override
  public boolean equals(Object object) {
    return object instanceof RepresentativeCodes other
        && palette.equals(other.palette)
        && Arrays.deepEquals(scans, other.scans)
        && Arrays.equals(excesses, other.excesses);
  }

  @Override
  public int hashCode() {
    return 31 * palette.hashCode() + Arrays.deepHashCode(scans);
  }
}
