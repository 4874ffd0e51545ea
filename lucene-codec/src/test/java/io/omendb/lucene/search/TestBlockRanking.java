/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene.search;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.omendb.lucene.blocks.CodedVectors;
import io.omendb.lucene.blocks.RepresentativeCodes;
import io.omendb.lucene.quantize.ArrayVectors;
import io.omendb.lucene.quantize.Metric;
import io.omendb.lucene.simd.Kernels;
import io.omendb.lucene.store.BlockStore;
import io.omendb.lucene.store.StoredBlocks;
import java.io.IOException;
import java.util.Comparator;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.store.Directory;
import org.apache.lucene.util.IOUtils;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever is put off, blocks come in the order of their costs, first those that the graph proposes
 * where there is one.
 */
class TestBlockRanking {
  private static final int DIMENSION = 8;
  private static final int BLOCKS = 400;

  private static final Directory DIRECTORY = new ByteBuffersDirectory();
  private static final Directory GRAPH_DIRECTORY = new ByteBuffersDirectory();

  /** Shared, so that a ranking finds in it what others left. */
  private static Workspace workspace;

  private static BlockStore store;
  private static BlockStore graphStore;

  private final Random random = new Random(5);

  @BeforeAll
  static void write() throws IOException {
    store = StoredBlocks.of(DIRECTORY, vectors(), false);
    graphStore = StoredBlocks.of(GRAPH_DIRECTORY, vectors(), true);
    // Both have the same codebook.
    workspace = new Workspace(Kernels.best(), store.codebook());
  }

  private static CodedVectors vectors() throws IOException {
    int count = BLOCKS * Kernels.BLOCK_SIZE - 7;
    return CodedVectors.of(ArrayVectors.gaussian(count, DIMENSION, count));
  }

  @AfterAll
  static void close() throws IOException {
    IOUtils.close(DIRECTORY, GRAPH_DIRECTORY);
  }

  /** Prepares the workspace for another query. */
  private void query(Metric metric) {
    query(metric, false);
  }

  private void query(Metric metric, boolean unitVectors) {
    float[] query = new float[DIMENSION];
    for (int d = 0; d < DIMENSION; d++) {
      query[d] = (float) random.nextGaussian();
    }
    workspace.table.prepare(query, metric, unitVectors);
  }

  private static int[] all(BlockRanking ranking) {
    return IntStream.iterate(0, place -> place + 1)
        .map(ranking::block)
        .takeWhile(block -> block >= 0)
        .toArray();
  }

  /** Blocks by cost and, where that is equal, by number. */
  private static int[] sorted(BlockStore store, long[] wanted) {
    BlockCosts costs = new BlockCosts(Kernels.best(), store, workspace);
    return IntStream.range(0, store.blockCount())
        .filter(block -> wanted == null || wanted[block] != 0)
        .boxed()
        .sorted(Comparator.comparingInt(costs::refined))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 15, 16, 100, 399, 400, 100_000})
  void testAllInOrder(int likely) throws IOException {
    for (int i = 0; i < 5; i++) {
      query(Metric.SQUARED_DISTANCE);
      BlockRanking ranking = BlockRanking.of(Kernels.best(), store, workspace, null, likely);
      int[] order = all(ranking);
      assertArrayEquals(sorted(store, null), order);
      assertEquals(-1, ranking.block(BLOCKS));
      assertEquals(order[0], ranking.block(0));
    }
  }

  @ParameterizedTest
  @CsvSource({"1, .5", "50, .5", "50, .01", "100000, .5", "50, 0"})
  void testOnlyWanted(int likely, double share) throws IOException {
    long[] wanted = new long[BLOCKS];
    for (int block = 0; block < BLOCKS; block++) {
      // Also the bit that makes the word negative.
      wanted[block] = random.nextDouble() < share ? 1L << random.nextInt(Long.SIZE) : 0;
    }
    query(Metric.SQUARED_DISTANCE);
    BlockRanking ranking = BlockRanking.of(Kernels.best(), graphStore, workspace, wanted, likely);
    assertArrayEquals(sorted(graphStore, wanted), all(ranking));
  }

  @Test
  void testInnerProducts() throws IOException {
    query(Metric.DOT_PRODUCT);
    BlockRanking products = BlockRanking.of(Kernels.best(), store, workspace, null, 20);
    assertArrayEquals(sorted(store, null), all(products));
    float gain = workspace.table.steps(0.25 * Math.sqrt(workspace.table.squaredLength()));
    assertTrue(gain * store.radii()[0] > 10, "radii count");
    check(store.radii(), -gain);
  }

  /** What a finer table does not tell apart stays in the order of the coarser one. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void testFinerTable(boolean few) throws IOException {
    query(Metric.SQUARED_DISTANCE);
    long[] wanted = few ? new long[BLOCKS] : null;
    for (int block = 0; few && block < BLOCKS; block += 3) {
      wanted[block] = 1;
    }
    int[] before = sorted(store, wanted);
    BlockRanking ranking = BlockRanking.of(Kernels.best(), store, workspace, wanted, 20);
    assertTrue(workspace.table.zoom(0, 2));
    ranking.refine();
    BlockCosts costs = new BlockCosts(Kernels.best(), store, workspace);
    int[] expected =
        IntStream.of(before)
            .boxed()
            .sorted(Comparator.comparingInt(costs::refined))
            .mapToInt(Integer::intValue)
            .toArray();
    assertArrayEquals(expected, all(ranking));
    int alike = 0;
    for (int place = 1; place < expected.length; place++) {
      alike += costs.refined(expected[place]) == costs.refined(expected[place - 1]) ? 1 : 0;
    }
    assertTrue(alike > 0, "the order before matters");
  }

  /** One table serves segments whose representatives are coded by other centroids. */
  @Test
  void testAnotherPalette() throws IOException {
    try (Directory directory = new ByteBuffersDirectory()) {
      ArrayVectors small = ArrayVectors.gaussian(BLOCKS * Kernels.BLOCK_SIZE, DIMENSION, 3);
      for (int i = 0; i < small.rows().length; i++) {
        small.rows()[i] /= 3;
      }
      BlockStore other = StoredBlocks.of(directory, CodedVectors.of(small), false);
      // Of unit vectors, nothing but the codes counts.
      query(Metric.SQUARED_DISTANCE, true);
      int[] first = all(BlockRanking.of(Kernels.best(), store, workspace, null, 20));
      int[] second = all(BlockRanking.of(Kernels.best(), other, workspace, null, 20));
      assertArrayEquals(first, all(BlockRanking.of(Kernels.best(), store, workspace, null, 20)));
      assertArrayEquals(byCodes(store), first);
      assertArrayEquals(byCodes(other), second);
    }
  }

  /** Blocks of vectors near the origin come earlier than the codes of representatives say. */
  @Test
  void testExcess() throws IOException {
    float[] excesses = store.representatives().excesses();
    float least = excesses[0];
    float most = excesses[0];
    for (float excess : excesses) {
      least = Math.min(least, excess);
      most = Math.max(most, excess);
    }
    query(Metric.SQUARED_DISTANCE);
    assertTrue(workspace.table.steps(most - least) > 10, "excesses differ");
    check(excesses, workspace.table.steps(0.4));
    assertTrue(workspace.table.zoom(0, 2));
    check(excesses, 0);
    query(Metric.SQUARED_DISTANCE, true);
    check(excesses, 0);
  }

  /** Costs are what codes cost, and so many steps for each unit of extent. */
  private static void check(float[] extents, float steps) {
    int[] codes = costsOfCodes(store);
    BlockCosts costs = new BlockCosts(Kernels.best(), store, workspace);
    short[] swept = new short[RepresentativeCodes.costsLength(BLOCKS)];
    costs.refined(swept);
    for (int block = 0; block < BLOCKS; block++) {
      assertEquals(codes[block] + steps * extents[block], swept[block], 1, "block " + block);
      assertEquals(swept[block], costs.refined(block), "block " + block);
    }
  }

  /** Blocks in the order of what the codes of their representatives cost. */
  private static int[] byCodes(BlockStore store) {
    int[] least = costsOfCodes(store);
    return IntStream.range(0, BLOCKS)
        .boxed()
        .sorted(Comparator.comparingInt(block -> least[block]))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  private static int[] costsOfCodes(BlockStore store) {
    byte[] table = workspace.table.table();
    byte[] code = new byte[DIMENSION];
    int[] least = new int[BLOCKS];
    for (int block = 0; block < BLOCKS; block++) {
      least[block] = Integer.MAX_VALUE;
      for (int mean = 0; mean < RepresentativeCodes.PER_BLOCK; mean++) {
        store.representatives().read(block, mean, code);
        int sum = 0;
        for (int s = 0; s < DIMENSION; s++) {
          sum += table[s * Kernels.CENTROIDS + (code[s] & 0xFF)] & 0xFF;
        }
        least[block] = Math.min(least[block], sum);
      }
    }
    return least;
  }

  /** What the graph leads to comes first, in its order, and all others after it, in theirs. */
  @ParameterizedTest
  @ValueSource(ints = {20, 40, 200})
  void testGraphProposesFirst(int likely) throws IOException {
    int queries = 10;
    long proposed = 0;
    for (int i = 0; i < queries; i++) {
      query(Metric.SQUARED_DISTANCE);
      BlockCosts costs = new BlockCosts(Kernels.best(), graphStore, workspace);
      int[] order = all(BlockRanking.of(Kernels.best(), graphStore, workspace, null, likely));
      assertEquals(BLOCKS, IntStream.of(order).distinct().count());
      assertEquals(BLOCKS, order.length);
      for (int place = 1; place < BLOCKS; place++) {
        if (place != likely) {
          assertTrue(costs.refined(order[place - 1]) <= costs.refined(order[place]), "" + place);
        }
      }
      int[] nearest = sorted(graphStore, null);
      proposed +=
          IntStream.of(order).limit(likely).filter(b -> contains(nearest, b, likely * 2)).count();
    }
    double share = proposed / (double) (queries * likely);
    assertTrue(share > .6, share + " are near");
  }

  private static boolean contains(int[] blocks, int block, int among) {
    return IntStream.of(blocks).limit(among).anyMatch(b -> b == block);
  }
}
