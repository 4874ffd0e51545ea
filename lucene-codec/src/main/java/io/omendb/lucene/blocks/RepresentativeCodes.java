/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene.blocks;

import io.omendb.lucene.quantize.CodeBuffer;
import io.omendb.lucene.quantize.Codebook;
import io.omendb.lucene.quantize.KMeans;
import io.omendb.lucene.quantize.Parallel;
import io.omendb.lucene.quantize.PqEncoder;
import io.omendb.lucene.simd.Kernels;
import java.io.IOException;
import java.util.Arrays;
import org.apache.lucene.store.DataInput;
import org.apache.lucene.store.DataOutput;

/**
 * What ranks blocks: {@link #PER_BLOCK} means of parts of each block, coded by the codebook of the
 * vectors, so that the table of a query scores them as it scores vectors. A block costs what the
 * best of its means costs.
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

  private static final int ITERATIONS = 4;
  private static final long SEED = 23;

  private final int blockCount;

  /** Codes of each group, zeros behind the last block. */
  private final byte[][] groups;

  private RepresentativeCodes(int blockCount, int subspaces) {
    this.blockCount = blockCount;
    this.groups = new byte[groupCount(blockCount)][Kernels.BLOCK_SIZE * subspaces];
  }

  /** Number of groups of so many blocks. */
  public static int groupCount(int blockCount) {
    return (blockCount + BLOCKS_PER_GROUP - 1) / BLOCKS_PER_GROUP;
  }

  /** Reads what {@link #write} wrote. */
  public static RepresentativeCodes read(DataInput in, int blockCount, int subspaces)
      throws IOException {
    RepresentativeCodes codes = new RepresentativeCodes(blockCount, subspaces);
    for (byte[] group : codes.groups) {
      in.readBytes(group, 0, group.length);
    }
    return codes;
  }

  /** Writes all groups, one after the other. */
  public void write(DataOutput out) throws IOException {
    for (byte[] group : groups) {
      out.writeBytes(group, 0, group.length);
    }
  }

  /** Splits each block by k-means, and codes the means. */
  public static RepresentativeCodes of(
      Kernels kernels, Parallel parallel, Codebook codebook, CodeBuffer codes, int[] ordOfSlot)
      throws IOException {
    int blockCount = BlockLayout.blocks(ordOfSlot.length);
    Rows rows = new Rows(codebook, codes);
    RepresentativeCodes result = new RepresentativeCodes(blockCount, codebook.subspaces());
    parallel.forRange(
        groupCount(blockCount),
        1,
        (g, end) -> {
          PqEncoder encoder = new PqEncoder(kernels, codebook);
          int first = g * BLOCKS_PER_GROUP;
          int size = Math.min(BLOCKS_PER_GROUP, blockCount - first);
          float[] means = new float[size * PER_BLOCK * codebook.axes()];
          for (int j = 0; j < size; j++) {
            means(kernels, rows, ordOfSlot, first + j, means, j * PER_BLOCK * codebook.axes());
          }
          byte[] coded = encoder.encodeRotated(means, size * PER_BLOCK);
          for (int mean = 0; mean < size * PER_BLOCK; mean++) {
            int block = first + mean / PER_BLOCK;
            int at = at(block, mean % PER_BLOCK);
            for (int s = 0; s < codebook.subspaces(); s++) {
              result.groups[g][at + s * Kernels.BLOCK_SIZE] =
                  coded[mean * codebook.subspaces() + s];
            }
          }
        });
    return result;
  }

  /** Means of parts of a block, layout [mean][axis]. */
  private static void means(
      Kernels kernels, Rows rows, int[] ordOfSlot, int block, float[] means, int offset) {
    int axes = rows.axes();
    int from = block * Kernels.BLOCK_SIZE;
    int size = Math.min(Kernels.BLOCK_SIZE, ordOfSlot.length - from);
    float[] vectors = new float[size * axes];
    for (int i = 0; i < size; i++) {
      rows.read(ordOfSlot[from + i], vectors, i * axes);
    }
    float[] trained =
        KMeans.train(kernels, vectors, 0, axes, size, axes, PER_BLOCK, ITERATIONS, SEED + block);
    System.arraycopy(KMeans.rows(trained, axes, PER_BLOCK), 0, means, offset, PER_BLOCK * axes);
  }

  /** Where in its group the code of a mean of a block begins. */
  private static int at(int block, int mean) {
    return Kernels.vectorOf(mean * BLOCKS_PER_GROUP + block % BLOCKS_PER_GROUP);
  }

  /** Bytes of the codes for vectors coded in so many subspaces. */
  public static long length(int blockCount, int subspaces) {
    return (long) groupCount(blockCount) * Kernels.BLOCK_SIZE * subspaces;
  }

  /** Length of an array that {@link #costs} fills: beyond the last block, too. */
  public static int costsLength(int blockCount) {
    int scans = (groupCount(blockCount) + Kernels.SCAN_BLOCKS - 1) / Kernels.SCAN_BLOCKS;
    return scans * Kernels.SCAN_BLOCKS * BLOCKS_PER_GROUP;
  }

  /**
   * Scores all blocks.
   *
   * @param table 8-bit partial costs of a query, layout [subspace][centroid]
   * @param sums room for {@link Kernels#SCAN_SIZE} sums
   * @param below room for {@link Kernels#SCAN_BLOCKS} masks
   * @param costs receives the cost of each block; {@link #costsLength} long
   */
  public void costs(Kernels kernels, byte[] table, short[] sums, long[] below, short[] costs) {
    for (int g = 0; g < groups.length; g += Kernels.SCAN_BLOCKS) {
      byte[] second = groups[Math.min(g + 1, groups.length - 1)];
      costs(kernels, table, groups[g], second, sums, below, costs, g);
    }
  }

  /**
   * Scores the blocks of some groups, as {@link #costs(Kernels, byte[], short[], long[], short[])}
   * does.
   *
   * @param chosen numbers of the groups, in any order
   * @param count how many there are, at least one
   * @param costs receives the costs of the blocks of the chosen groups, layout [group][block], and
   *     those of the last group again where their number is odd
   */
  public void costs(
      Kernels kernels,
      byte[] table,
      int[] chosen,
      int count,
      short[] sums,
      long[] below,
      short[] costs) {
    for (int i = 0; i < count; i += Kernels.SCAN_BLOCKS) {
      byte[] second = groups[chosen[Math.min(i + 1, count - 1)]];
      costs(kernels, table, groups[chosen[i]], second, sums, below, costs, i);
    }
  }

  private static void costs(
      Kernels kernels,
      byte[] table,
      byte[] first,
      byte[] second,
      short[] sums,
      long[] below,
      short[] costs,
      int place) {
    int subspaces = table.length / Kernels.CENTROIDS;
    kernels.scan(table, first, 0, second, 0, subspaces, 0, sums, below);
    kernels.leastOfFour(sums, costs, place * BLOCKS_PER_GROUP);
  }

  /** Scores one block. */
  public int cost(byte[] table, int block) {
    byte[] group = groups[block / BLOCKS_PER_GROUP];
    int least = Integer.MAX_VALUE;
    for (int i = 0; i < PER_BLOCK; i++) {
      int at = at(block, i);
      int sum = 0;
      for (int row = 0; row < table.length; row += Kernels.CENTROIDS) {
        sum += table[row + (group[at] & 0xFF)] & 0xFF;
        at += Kernels.BLOCK_SIZE;
      }
      least = Math.min(least, sum);
    }
    return least;
  }

  /**
   * What ranks groups of {@link #BLOCKS_PER_GROUP} blocks: the means of a group are to it what the
   * vectors of a block are to the block.
   */
  public RepresentativeCodes ofGroups(Kernels kernels, Parallel parallel, Codebook codebook)
      throws IOException {
    CodeBuffer means = new CodeBuffer(blockCount * PER_BLOCK, codebook.subspaces());
    int[] inOrder = new int[means.count()];
    byte[] code = new byte[codebook.subspaces()];
    for (int mean = 0; mean < inOrder.length; mean++) {
      inOrder[mean] = mean;
      read(mean / PER_BLOCK, mean % PER_BLOCK, code);
      means.set(mean, code, 0);
    }
    return of(kernels, parallel, codebook, means, inOrder);
  }

  /** Reads the code of a mean of a block. */
  void read(int block, int mean, byte[] code) {
    byte[] group = groups[block / BLOCKS_PER_GROUP];
    int at = at(block, mean);
    for (int s = 0; s < code.length; s++) {
      code[s] = group[at + s * Kernels.BLOCK_SIZE];
    }
  }

  @Override
  public boolean equals(Object object) {
    return object instanceof RepresentativeCodes other && Arrays.deepEquals(groups, other.groups);
  }

  @Override
  public int hashCode() {
    return Arrays.deepHashCode(groups);
  }
}
