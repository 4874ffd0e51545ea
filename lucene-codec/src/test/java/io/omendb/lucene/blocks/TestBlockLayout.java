/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene.blocks;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.omendb.lucene.quantize.ArrayVectors;
import io.omendb.lucene.quantize.Parallel;
import io.omendb.lucene.quantize.Threads;
import io.omendb.lucene.simd.Kernels;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TestBlockLayout {
  private static final int DIMENSION = 16;

  private static CodedVectors clustered(int count) throws IOException {
    return CodedVectors.of(ArrayVectors.clustered(count, DIMENSION, 100, 0.3, count));
  }

  private static BlockLayout layout(CodedVectors vectors) throws IOException {
    return layout(vectors, Effort.MERGE, Parallel.SEQUENTIAL);
  }

  private static BlockLayout layout(CodedVectors vectors, Effort effort, Parallel parallel)
      throws IOException {
    return BlockLayout.of(Kernels.best(), parallel, vectors.codebook(), vectors.codes(), effort);
  }

  private static void assertValid(BlockLayout layout, CodedVectors vectors) {
    int count = vectors.codes().count();
    int axes = vectors.codebook().axes();
    int[] sorted = layout.ordOfSlot().clone();
    Arrays.sort(sorted);
    int[] all = new int[count];
    Arrays.setAll(all, ord -> ord);
    assertArrayEquals(all, sorted);
    assertEquals(BlockLayout.blocks(count) * axes, layout.means().length);
    float[] decoded = vectors.decoded();
    for (int block = 0; block < BlockLayout.blocks(count); block++) {
      int start = block * Kernels.BLOCK_SIZE;
      int end = Math.min(count, start + Kernels.BLOCK_SIZE);
      for (int axis = 0; axis < axes; axis++) {
        double mean = 0;
        for (int slot = start; slot < end; slot++) {
          mean += decoded[layout.ordOfSlot()[slot] * axes + axis] / (end - start);
        }
        assertEquals(mean, layout.means()[block * axes + axis], 1e-5);
      }
      double farthest = 0;
      for (int slot = start; slot < end; slot++) {
        farthest =
            Math.max(
                farthest,
                ArrayVectors.squaredDistance(
                    decoded, layout.ordOfSlot()[slot] * axes, layout.means(), block * axes, axes));
      }
      assertEquals(Math.sqrt(farthest), layout.radii()[block], 1e-4);
    }
  }

  @Test
  void testBlocks() {
    assertEquals(1, BlockLayout.blocks(1));
    assertEquals(1, BlockLayout.blocks(64));
    assertEquals(2, BlockLayout.blocks(65));
    assertEquals(Integer.MAX_VALUE / 64, BlockLayout.blocks(Integer.MAX_VALUE - 63));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 63, 64, 65, 127, 129, 5000})
  void testAnyCount(int count) throws IOException {
    CodedVectors vectors = clustered(count);
    assertValid(layout(vectors, Effort.FLUSH, Parallel.SEQUENTIAL), vectors);
    assertValid(layout(vectors, Effort.MERGE, Parallel.SEQUENTIAL), vectors);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 64, 1000, 10_000})
  void testIdenticalVectors(int count) throws IOException {
    CodedVectors vectors = CodedVectors.of(ArrayVectors.constant(count, 2, 0.5f));
    assertValid(layout(vectors), vectors);
  }

  /** Centroids that cannot be told apart are not made by the thousand, which would take minutes. */
  @Test
  @Timeout(60)
  void testVeryManyIdenticalVectors() throws IOException {
    CodedVectors vectors = CodedVectors.of(ArrayVectors.constant(400_000, 32, 0.5f));
    BlockLayout layout = layout(vectors);
    assertValid(layout, vectors);
  }

  /** A cluster that holds nearly all vectors is divided like a whole segment. */
  @Test
  void testOneDenseClusterAmongFewFarAway() throws IOException {
    ArrayVectors mixed = ArrayVectors.clustered(30_000, DIMENSION, 100, 0.3, 1);
    ArrayVectors alone = ArrayVectors.clustered(30_000, DIMENSION, 100, 0.3, 1);
    for (int i = 0; i < 60 * DIMENSION; i++) {
      mixed.rows()[i] *= 1e3f;
    }
    // Told by the codes of the others, lest the codes and not the layout make the difference.
    CodedVectors vectors = CodedVectors.of(mixed);
    int[] order = layout(vectors).ordOfSlot();
    int[] dense = Arrays.stream(order).filter(ord -> ord >= 60).toArray();
    CodedVectors expected = CodedVectors.of(alone);
    int[] orderAlone = layout(expected).ordOfSlot();
    int[] denseAlone = Arrays.stream(orderAlone).filter(ord -> ord >= 60).toArray();
    double spread = vectors.meanSpread(dense);
    double spreadAlone = expected.meanSpread(denseAlone);
    assertTrue(spread < 1.15 * spreadAlone, spread + " against " + spreadAlone);
  }

  /** Half of the vectors are the same, as when an application stores zeros for what is missing. */
  @Test
  void testManyIdenticalVectorsAmongOthers() throws IOException {
    ArrayVectors mixed = ArrayVectors.clustered(5000, DIMENSION, 30, 0.3, 1);
    Arrays.fill(mixed.rows(), 0, 2500 * DIMENSION, 0f);
    CodedVectors vectors = CodedVectors.of(mixed);
    BlockLayout layout = layout(vectors);
    assertValid(layout, vectors);
    int[] inOrder = new int[5000];
    Arrays.setAll(inOrder, slot -> slot);
    double spread = vectors.meanSpread(layout.ordOfSlot());
    double unordered = vectors.meanSpread(inOrder);
    assertTrue(spread < 0.3 * unordered, spread + " against " + unordered);
  }

  @Test
  void testNeighboursInSpaceAreNeighboursInStorage() throws IOException {
    int[] inOrder = new int[5000];
    Arrays.setAll(inOrder, slot -> slot);
    CodedVectors clusters = clustered(5000);
    double clustered = clusters.meanSpread(layout(clusters).ordOfSlot());
    // With 50 vectors around each centre, blocks of 64 cannot be as narrow as the clusters. The
    // bounds are what cells in good order reach; without order inside cells it is 0.37 and 0.71.
    double centres = clusters.meanSpread(inOrder);
    assertTrue(clustered < 0.345 * centres, clustered + " against " + centres);
    // Even where there is no structure at all, near vectors come together.
    CodedVectors noise = CodedVectors.of(ArrayVectors.gaussian(5000, DIMENSION, 2));
    double ordered = noise.meanSpread(layout(noise).ordOfSlot());
    double unordered = noise.meanSpread(inOrder);
    assertTrue(ordered < 0.69 * unordered, ordered + " against " + unordered);
  }

  @Test
  void testSameVectorsSameLayout() throws IOException {
    CodedVectors vectors = clustered(9000);
    BlockLayout layout = layout(vectors);
    BlockLayout again = layout(vectors);
    BlockLayout threaded = Threads.three(parallel -> layout(vectors, Effort.MERGE, parallel));
    assertArrayEquals(layout.ordOfSlot(), again.ordOfSlot());
    assertArrayEquals(layout.means(), again.means());
    assertArrayEquals(layout.ordOfSlot(), threaded.ordOfSlot());
    assertArrayEquals(layout.means(), threaded.means());
    assertArrayEquals(layout.radii(), threaded.radii());
  }
}
