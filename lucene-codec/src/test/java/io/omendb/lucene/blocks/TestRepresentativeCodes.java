/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene.blocks;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.omendb.lucene.quantize.ArrayVectors;
import io.omendb.lucene.quantize.Decoder;
import io.omendb.lucene.quantize.Parallel;
import io.omendb.lucene.quantize.Threads;
import io.omendb.lucene.simd.Kernels;
import java.io.IOException;
import java.util.SplittableRandom;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.IOContext;
import org.apache.lucene.store.IndexInput;
import org.apache.lucene.store.IndexOutput;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TestRepresentativeCodes {
  private static final int DIMENSION = 12;

  private static BlockLayout layout(CodedVectors vectors) throws IOException {
    return BlockLayout.of(
        Kernels.best(), Parallel.SEQUENTIAL, vectors.codebook(), vectors.codes(), Effort.MERGE);
  }

  /** A sweep over all blocks, a look at one and the codes themselves tell the same. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 64, 65, 1024, 1025, 3000})
  void testCosts(int count) throws IOException {
    CodedVectors vectors = CodedVectors.of(ArrayVectors.gaussian(count, DIMENSION, count));
    RepresentativeCodes codes = vectors.representatives(layout(vectors));
    byte[] table = new byte[DIMENSION * Kernels.CENTROIDS];
    new SplittableRandom(count).nextBytes(table);
    int blocks = BlockLayout.blocks(count);
    byte[] chosen = new byte[DIMENSION * Kernels.PALETTE];
    codes.choose(Kernels.best(), table, chosen);
    short[] costs = new short[RepresentativeCodes.costsLength(blocks)];
    codes.costs(Kernels.best(), chosen, costs);
    byte[] code = new byte[DIMENSION];
    for (int block = 0; block < blocks; block++) {
      int least = Integer.MAX_VALUE;
      for (int mean = 0; mean < RepresentativeCodes.PER_BLOCK; mean++) {
        codes.read(block, mean, code);
        int sum = 0;
        for (int s = 0; s < DIMENSION; s++) {
          sum += table[s * Kernels.CENTROIDS + (code[s] & 0xFF)] & 0xFF;
        }
        least = Math.min(least, sum);
      }
      assertEquals(least, costs[block], "block " + block);
      assertEquals(least, codes.cost(chosen, block), "block " + block);
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

  /** One of ten vectors of a block is less than its excess longer than its mean. */
  @Test
  void testExcesses() throws IOException {
    CodedVectors vectors = CodedVectors.of(ArrayVectors.gaussian(20_000, DIMENSION, 4));
    BlockLayout layout = layout(vectors);
    RepresentativeCodes codes = vectors.representatives(layout);
    Decoder decoder = new Decoder(vectors.codebook());
    byte[] code = new byte[DIMENSION];
    float[] means = new float[RepresentativeCodes.PER_BLOCK * DIMENSION];
    float[] row = new float[DIMENSION];
    int below = 0;
    int full = 20_000 / Kernels.BLOCK_SIZE;
    for (int block = 0; block < full; block++) {
      for (int mean = 0; mean < RepresentativeCodes.PER_BLOCK; mean++) {
        codes.read(block, mean, code);
        decoder.decode(code, 0, means, mean * DIMENSION);
      }
      for (int i = 0; i < Kernels.BLOCK_SIZE; i++) {
        vectors.rows().read(layout.ordOfSlot()[block * Kernels.BLOCK_SIZE + i], row, 0);
        int at = CodedVectors.nearest(row, 0, means, DIMENSION) * DIMENSION;
        double excess = 0;
        for (int d = 0; d < DIMENSION; d++) {
          excess += row[d] * row[d] - means[at + d] * means[at + d];
        }
        below += excess < codes.excesses()[block] ? 1 : 0;
      }
    }
    // Means are known by their codes here, and were exact when excesses were told.
    assertEquals(0.1, (double) below / (full * Kernels.BLOCK_SIZE), 0.03);
  }

  /** Codes of the time before palettes come to stand for nearly the same means. */
  @ParameterizedTest
  @ValueSource(ints = {1, 65, 2000, 40_000})
  void testRecode(int count) throws IOException {
    CodedVectors vectors = CodedVectors.of(ArrayVectors.gaussian(count, DIMENSION, count));
    int blocks = BlockLayout.blocks(count);
    byte[] before = new byte[(int) RepresentativeCodes.codesLength(blocks, DIMENSION)];
    float[] expected = new float[blocks * DIMENSION];
    for (int mean = 0; mean < blocks * RepresentativeCodes.PER_BLOCK; mean++) {
      int block = mean / RepresentativeCodes.PER_BLOCK;
      int lane =
          mean % RepresentativeCodes.PER_BLOCK * RepresentativeCodes.BLOCKS_PER_GROUP
              + block % RepresentativeCodes.BLOCKS_PER_GROUP;
      int group = block / RepresentativeCodes.BLOCKS_PER_GROUP * DIMENSION;
      // Any codes will do, also those of vectors, which use all centroids.
      int ord = mean % count;
      float[] row = new float[DIMENSION];
      vectors.rows().read(ord, row, 0);
      for (int s = 0; s < DIMENSION; s++) {
        before[(group + s) * Kernels.BLOCK_SIZE + Kernels.vectorOf(lane)] =
            vectors.codes().page(ord)[vectors.codes().offset(ord) + s];
        expected[block * DIMENSION + s] += row[s] / RepresentativeCodes.PER_BLOCK;
      }
    }
    RepresentativeCodes after;
    try (Directory directory = new ByteBuffersDirectory()) {
      try (IndexOutput out = directory.createOutput("codes", IOContext.DEFAULT)) {
        out.writeBytes(before, before.length);
      }
      try (IndexInput in = directory.openInput("codes", IOContext.DEFAULT)) {
        after =
            new RepresentativeCoder(Kernels.best(), Parallel.SEQUENTIAL, vectors.codebook())
                .recode(in, blocks);
        assertEquals(before.length, in.getFilePointer());
      }
    }
    assertArrayEquals(new float[blocks], after.excesses());
    float[] found = CodedVectors.middles(after, blocks, vectors.codebook());
    double error = 0;
    double spread = 0;
    for (int i = 0; i < found.length; i++) {
      error += Math.pow(found[i] - expected[i], 2);
      spread += Math.pow(expected[i], 2);
    }
    assertTrue(error < 0.01 * spread, error + " of " + spread);
  }

  @Test
  void testThreadsMakeNoDifference() throws IOException {
    // So many that not all have been looked at when the palette is chosen.
    CodedVectors vectors = CodedVectors.of(ArrayVectors.gaussian(20_000, DIMENSION, 2));
    BlockLayout layout = layout(vectors);
    assertEquals(
        vectors.representatives(layout),
        Threads.three(parallel ->
            new RepresentativeCoder(Kernels.best(), parallel, vectors.codebook())
                .code(vectors.codes(), layout.ordOfSlot())));
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
