/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene.blocks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.omendb.lucene.quantize.ArrayVectors;
import io.omendb.lucene.quantize.Parallel;
import io.omendb.lucene.quantize.Threads;
import io.omendb.lucene.simd.Kernels;
import java.io.IOException;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TestRepresentativeCodes {
  private static final int DIMENSION = 12;

  private static BlockLayout layout(CodedVectors vectors) throws IOException {
    return BlockLayout.of(
        Kernels.best(), Parallel.SEQUENTIAL, vectors.codebook(), vectors.codes(), Effort.MERGE);
  }

  /** A sweep over all blocks and a look at one tell the same. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 64, 65, 1024, 1025, 3000})
  void testCosts(int count) throws IOException {
    CodedVectors vectors = CodedVectors.of(ArrayVectors.gaussian(count, DIMENSION, count));
    RepresentativeCodes codes = vectors.representatives(layout(vectors));
    byte[] table = new byte[DIMENSION * Kernels.CENTROIDS];
    new SplittableRandom(count).nextBytes(table);
    int blocks = BlockLayout.blocks(count);
    short[] costs = new short[RepresentativeCodes.costsLength(blocks)];
    codes.costs(
        Kernels.best(), table, new short[Kernels.SCAN_SIZE], new long[Kernels.SCAN_BLOCKS], costs);
    for (int block = 0; block < blocks; block++) {
      assertEquals(costs[block], codes.cost(table, block), "block " + block);
    }
  }

  private static float[] middles(CodedVectors vectors, BlockLayout layout) throws IOException {
    return CodedVectors.middles(
        vectors.representatives(layout), layout.radii().length, vectors.codebook());
  }

  /** The representatives lie where the vectors of their block do. */
  @Test
  void testMiddlesAreNearTheMeans() throws IOException {
    CodedVectors vectors = CodedVectors.of(ArrayVectors.gaussian(2000, DIMENSION, 1));
    BlockLayout layout = layout(vectors);
    float[] middles = middles(vectors, layout);
    double error = 0;
    double spread = 0;
    for (int i = 0; i < middles.length; i++) {
      error += Math.pow(middles[i] - layout.means()[i], 2);
      spread += Math.pow(layout.means()[i], 2);
    }
    // Parts of a block weigh alike in the middle, however many vectors they have.
    assertTrue(error < 0.15 * spread, error + " of " + spread);
  }

  /** Groups lie where their blocks do, which lie next to each other in the order of the file. */
  @Test
  void testGroupsAreNearTheirBlocks() throws IOException {
    CodedVectors vectors = CodedVectors.of(ArrayVectors.gaussian(40_000, DIMENSION, 1));
    BlockLayout layout = layout(vectors);
    float[] blocks = middles(vectors, layout);
    int axes = DIMENSION;
    int blockCount = BlockLayout.blocks(40_000);
    float[] groups =
        CodedVectors.middles(
            vectors.groups(layout), RepresentativeCodes.groupCount(blockCount), vectors.codebook());
    double error = 0;
    double spread = 0;
    for (int group = 0; group * axes < groups.length; group++) {
      int from = group * RepresentativeCodes.BLOCKS_PER_GROUP;
      int size = Math.min(RepresentativeCodes.BLOCKS_PER_GROUP, blockCount - from);
      for (int axis = 0; axis < axes; axis++) {
        double middle = 0;
        for (int block = from; block < from + size; block++) {
          middle += blocks[block * axes + axis] / size;
        }
        error += Math.pow(groups[group * axes + axis] - middle, 2);
        spread += middle * middle;
      }
    }
    assertTrue(error < 0.15 * spread, error + " of " + spread);
  }

  @Test
  void testThreadsMakeNoDifference() throws IOException {
    CodedVectors vectors = CodedVectors.of(ArrayVectors.gaussian(2000, DIMENSION, 2));
    BlockLayout layout = layout(vectors);
    assertEquals(
        vectors.representatives(layout),
        Threads.three(parallel ->
            RepresentativeCodes.of(
                Kernels.best(),
                parallel,
                vectors.codebook(),
                vectors.codes(),
                layout.ordOfSlot())));
  }

  @Test
  void testIdenticalVectors() throws IOException {
    CodedVectors vectors = CodedVectors.of(ArrayVectors.constant(200, DIMENSION, 3));
    BlockLayout layout = layout(vectors);
    float[] middles = middles(vectors, layout);
    for (int i = 0; i < middles.length; i++) {
      assertEquals(layout.means()[i], middles[i], 1e-4);
    }
  }
}
