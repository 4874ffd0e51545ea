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
 * its means costs.
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

  private final int blockCount;
  private final Palette palette;

  /** Groups, as many as scans score; zeros behind the last block. */
  private final byte[] codes;

  /** Codes of so many blocks, zeros until they are {@link #set}. */
  RepresentativeCodes(int blockCount, Palette palette) {
    this.blockCount = blockCount;
    this.palette = palette;
    codes = new byte[scannedGroups(blockCount) * palette.centroids().length];
  }

  /** Number of groups of so many blocks. */
  static int groupCount(int blockCount) {
    return Math.ceilDiv(blockCount, BLOCKS_PER_GROUP);
  }

  /** The same, or one more, as {@link Kernels#SCAN_BLOCKS} are scored at once. */
  private static int scannedGroups(int blockCount) {
    return Math.ceilDiv(groupCount(blockCount), Kernels.SCAN_BLOCKS) * Kernels.SCAN_BLOCKS;
  }

  /** Length of an array that {@link #costs} fills: beyond the last block, too. */
  public static int costsLength(int blockCount) {
    return scannedGroups(blockCount) * BLOCKS_PER_GROUP;
  }

  /** Bytes that {@link #write} writes for vectors coded in so many subspaces. */
  public static long length(int blockCount, int subspaces) {
    return Palette.length(subspaces) + codesLength(blockCount, subspaces);
  }

  /** Bytes of the codes alone. */
  public static long codesLength(int blockCount, int subspaces) {
    return (long) groupCount(blockCount) * Kernels.BLOCK_SIZE * subspaces;
  }

  /** Writes the palette, and all groups, one after the other. */
  public void write(DataOutput out) throws IOException {
    int groupLength = palette.centroids().length;
    out.writeBytes(palette.centroids(), groupLength);
    out.writeBytes(codes, groupCount(blockCount) * groupLength);
  }

  /** Reads what {@link #write} wrote. */
  public static RepresentativeCodes read(IndexInput in, int blockCount, int subspaces)
      throws IOException {
    byte[] chosen = new byte[Palette.length(subspaces)];
    in.readBytes(chosen, 0, chosen.length);
    RepresentativeCodes result = new RepresentativeCodes(blockCount, new Palette(chosen));
    in.readBytes(result.codes, 0, groupCount(blockCount) * chosen.length);
    int all = 0;
    for (byte place : result.codes) {
      all |= place;
    }
    if (all < 0 || all >= Kernels.PALETTE) {
      throw new CorruptIndexException("a representative is coded beyond its palette", in);
    }
    return result;
  }

  /** Where the code of a mean of a block begins; a subspace takes {@link Kernels#BLOCK_SIZE}. */
  static int at(int block, int mean, int groupLength) {
    return block / BLOCKS_PER_GROUP * groupLength
        + Kernels.vectorOf(mean * BLOCKS_PER_GROUP + block % BLOCKS_PER_GROUP);
  }

  /** Sets the code of a mean of a block, places in the palette. */
  void set(int block, int mean, byte[] code, int offset) {
    int groupLength = palette.centroids().length;
    int from = at(block, mean, groupLength);
    for (int s = 0; s < groupLength / Kernels.PALETTE; s++) {
      codes[from + s * Kernels.BLOCK_SIZE] = code[offset + s];
    }
  }

  /** Reads the code of a mean of a block, numbers of centroids of the codebook. */
  void read(int block, int mean, byte[] code) {
    int from = at(block, mean, palette.centroids().length);
    for (int s = 0; s < code.length; s++) {
      code[s] = palette.centroid(s, codes[from + s * Kernels.BLOCK_SIZE]);
    }
  }

  /**
   * The table that {@link #costs} and {@link #cost} take.
   *
   * @param table 8-bit partial costs of a query, layout [subspace][centroid]
   * @param chosen receives those of the palette; {@link Kernels#PALETTE} for each subspace
   */
  public void choose(Kernels kernels, byte[] table, byte[] chosen) {
    kernels.choose(table, palette.centroids(), chosen);
  }

  /**
   * Scores all blocks.
   *
   * @param table from {@link #choose}
   * @param costs receives the cost of each block; {@link #costsLength} long
   */
  public void costs(Kernels kernels, byte[] table, short[] costs) {
    int step = Kernels.SCAN_BLOCKS * BLOCKS_PER_GROUP;
    for (int block = 0; block < blockCount; block += step) {
      kernels.leastOfFour(table, codes, at(block, 0, table.length), costs, block);
    }
  }

  /** Scores one block. */
  public int cost(byte[] table, int block) {
    int least = Integer.MAX_VALUE;
    for (int i = 0; i < PER_BLOCK; i++) {
      int at = at(block, i, table.length);
      int sum = 0;
      for (int row = 0; row < table.length; row += Kernels.PALETTE) {
        sum += table[row + codes[at]] & 0xFF;
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
        && Arrays.equals(codes, other.codes);
  }

  @Override
  public int hashCode() {
    return 31 * palette.hashCode() + Arrays.hashCode(codes);
  }
}
