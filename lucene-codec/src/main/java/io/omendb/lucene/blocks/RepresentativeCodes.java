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

  /** Blocks whose means fill the lanes of one scan. */
  public static final int BLOCKS_PER_GROUP = Kernels.BLOCK_SIZE / PER_BLOCK;

  private static final int ITERATIONS = 4;
  private static final long SEED = 23;

  private final int blockCount;
  private final byte[][] groups;

  /**
   * Codes of representatives.
   *
   * @param groups one for each {@link #BLOCKS_PER_GROUP} blocks, each as laid out above
   */
  public RepresentativeCodes(int blockCount, byte[][] groups) {
    this.blockCount = blockCount;
    this.groups = groups;
  }

  /** Number of groups of so many blocks. */
  public static int groups(int blockCount) {
    return (blockCount + BLOCKS_PER_GROUP - 1) / BLOCKS_PER_GROUP;
  }

  /** Splits each block by k-means, and codes the means. */
  public static RepresentativeCodes of(
      Kernels kernels, Parallel parallel, Codebook codebook, CodeBuffer codes, int[] ordOfSlot)
      throws IOException {
    int blockCount = BlockLayout.blocks(ordOfSlot.length);
    Rows rows = new Rows(codebook, codes);
    byte[][] groups = new byte[groups(blockCount)][Kernels.BLOCK_SIZE * codebook.subspaces()];
    parallel.forRange(
        groups.length,
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
            int lane = mean % PER_BLOCK * BLOCKS_PER_GROUP + mean / PER_BLOCK;
            for (int s = 0; s < codebook.subspaces(); s++) {
              groups[g][s * Kernels.BLOCK_SIZE + Kernels.vectorOf(lane)] =
                  coded[mean * codebook.subspaces() + s];
            }
          }
        });
    return new RepresentativeCodes(blockCount, groups);
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

  /** The codes, as laid out above; not to be changed. */
  public byte[][] groups() {
    return groups;
  }

  /** Bytes of the codes for vectors coded in so many subspaces. */
  public static long length(int blockCount, int subspaces) {
    return (long) groups(blockCount) * Kernels.BLOCK_SIZE * subspaces;
  }

  /**
   * Scores all blocks.
   *
   * @param table 8-bit partial costs of a query, layout [subspace][centroid]
   * @param sums room for {@link Kernels#BLOCK_SIZE} sums
   * @param costs receives the cost of each block; as long as all groups together
   */
  public void costs(Kernels kernels, byte[] table, short[] sums, int[] costs) {
    int subspaces = table.length / Kernels.CENTROIDS;
    for (int g = 0; g < groups.length; g++) {
      kernels.scan(table, groups[g], 0, subspaces, sums, 0);
      kernels.leastOfFour(sums, costs, g * BLOCKS_PER_GROUP);
    }
  }

  /** Scores one block, as {@link #costs} does. */
  public int cost(byte[] table, int block) {
    byte[] group = groups[block / BLOCKS_PER_GROUP];
    int least = Integer.MAX_VALUE;
    for (int i = 0; i < PER_BLOCK; i++) {
      int vector = Kernels.vectorOf(i * BLOCKS_PER_GROUP + block % BLOCKS_PER_GROUP);
      int sum = 0;
      for (int at = vector, row = 0; at < group.length; at += Kernels.BLOCK_SIZE) {
        sum += table[row + (group[at] & 0xFF)] & 0xFF;
        row += Kernels.CENTROIDS;
      }
      least = Math.min(least, sum);
    }
    return least;
  }

  /** The middles of all blocks as the codes tell them, layout [block][axis]. */
  public float[] decode(Codebook codebook) {
    int axes = codebook.axes();
    float[] middles = new float[Math.multiplyExact(blockCount, axes)];
    byte[] code = new byte[codebook.subspaces()];
    float[] mean = new float[axes];
    for (int block = 0; block < blockCount; block++) {
      byte[] group = groups[block / BLOCKS_PER_GROUP];
      for (int i = 0; i < PER_BLOCK; i++) {
        int vector = Kernels.vectorOf(i * BLOCKS_PER_GROUP + block % BLOCKS_PER_GROUP);
        for (int s = 0; s < code.length; s++) {
          code[s] = group[s * Kernels.BLOCK_SIZE + vector];
        }
        codebook.decode(code, 0, mean, 0);
        for (int axis = 0; axis < axes; axis++) {
          middles[block * axes + axis] += mean[axis] / PER_BLOCK;
        }
      }
    }
    return middles;
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
