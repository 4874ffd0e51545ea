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
import java.util.Arrays;
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
 * Whatever is put off, blocks come in the order of their costs, first those that the groups or the
 * graph propose where they do.
 */
class TestBlockRanking {
  private static final int DIMENSION = 8;
  private static final int BLOCKS = 400;

  /** So many that groups tell which are scored. */
  private static final int MANY = 2500;

  private static final Directory DIRECTORY = new ByteBuffersDirectory();
  private static final Directory GRAPH_DIRECTORY = new ByteBuffersDirectory();
  private static final Directory MANY_DIRECTORY = new ByteBuffersDirectory();

  /** Shared, so that a ranking finds in it what others left. */
  private static Workspace workspace;

  private static BlockStore store;
  private static BlockStore many;
  private static BlockStore graphStore;

  private final Random random = new Random(5);

  @BeforeAll
  static void write() throws IOException {
    store = StoredBlocks.of(DIRECTORY, vectors(BLOCKS), false);
    graphStore = StoredBlocks.of(GRAPH_DIRECTORY, vectors(BLOCKS), true);
    many = StoredBlocks.of(MANY_DIRECTORY, vectors(MANY), false);
    // All have the same codebook.
    workspace = new Workspace(Kernels.best(), store.codebook());
  }

  private static CodedVectors vectors(int blocks) throws IOException {
    int count = blocks * Kernels.BLOCK_SIZE - 7;
    return CodedVectors.of(ArrayVectors.gaussian(count, DIMENSION, count));
  }

  @AfterAll
  static void close() throws IOException {
    IOUtils.close(DIRECTORY, GRAPH_DIRECTORY, MANY_DIRECTORY);
  }

  /** Prepares the workspace for another query. */
  private void query(Metric metric) {
    float[] query = new float[DIMENSION];
    for (int d = 0; d < DIMENSION; d++) {
      query[d] = (float) random.nextGaussian();
    }
    workspace.table.prepare(query, metric, false);
  }

  private static int[] all(BlockRanking ranking) {
    return IntStream.iterate(0, place -> place + 1)
        .map(ranking::block)
        .takeWhile(block -> block >= 0)
        .toArray();
  }

  /** Blocks by cost and, where that is equal, by number. */
  private static int[] sorted(BlockStore store, long[] wanted) {
    BlockCosts costs = new BlockCosts(store, workspace.table);
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

  @ParameterizedTest
  @ValueSource(ints = {1, 50, 150})
  void testPromisingGroupsFirst(int likely) throws IOException {
    int missed = 0;
    int left = 0;
    for (int i = 0; i < 20; i++) {
      query(Metric.SQUARED_DISTANCE);
      BlockRanking ranking = BlockRanking.of(Kernels.best(), many, workspace, null, likely);
      int[] order = all(ranking);
      assertEquals(MANY, order.length);
      assertEquals(MANY, IntStream.of(order).distinct().count());
      BlockCosts costs = new BlockCosts(many, workspace.table);
      int descents = 0;
      for (int place = 1; place < MANY; place++) {
        descents += costs.refined(order[place]) < costs.refined(order[place - 1]) ? 1 : 0;
      }
      assertTrue(descents <= 1, descents + " descents, where the rest may begin");
      left += descents;
      int[] nearest = sorted(many, null);
      for (int place = 0; place < likely; place++) {
        missed += contains(order, nearest[place], likely) ? 0 : 1;
      }
    }
    assertTrue(missed <= .02 * 20 * likely, missed + " of " + 20 * likely + " are missed");
    // Of few blocks the nearest are all in groups that promise most.
    assertTrue(likely < 150 || left > 0, "no group is ever left out");
  }

  /** The groups that cost least, in the order of the file, and what their blocks cost. */
  @ParameterizedTest
  @ValueSource(ints = {1, 420, 496})
  void testCostsOfTheChosen(int likely) throws IOException {
    int all = RepresentativeCodes.groupCount(MANY);
    int size = new GroupChoice(many.groups(), MANY).size(likely);
    assertTrue(size < all, "some are left out");
    boolean last = false;
    for (int i = 0; i < 20; i++) {
      query(Metric.SQUARED_DISTANCE);
      byte[] table = workspace.table.table();
      int[] expected =
          IntStream.range(0, all)
              .boxed()
              .sorted(Comparator.comparingInt(group -> many.groups().cost(table, group)))
              .limit(size)
              .mapToInt(Integer::intValue)
              .sorted()
              .toArray();
      short[] found = workspace.costs(MANY);
      int[] chosen = workspace.chosen(MANY);
      BlockCosts costs = new BlockCosts(many, workspace.table);
      assertEquals(size, costs.refined(Kernels.best(), workspace, found, chosen, likely));
      assertArrayEquals(expected, Arrays.copyOf(chosen, size));
      int perGroup = RepresentativeCodes.BLOCKS_PER_GROUP;
      for (int place = 0; place < size * perGroup; place++) {
        int block = chosen[place / perGroup] * perGroup + place % perGroup;
        int cost = block < MANY ? costs.refined(block) : BlockCosts.NONE;
        assertEquals(cost, found[place], "block " + block);
      }
      last |= chosen[size - 1] == all - 1;
    }
    assertTrue(last, "never a group that is not full");
  }

  /** Groups do not tell what blocks cost where few vectors count, or lengths do. */
  @Test
  void testAllGroupsWhereTheyDoNotTell() throws IOException {
    long[] wanted = new long[MANY];
    for (int block = 0; block < MANY; block += 3) {
      wanted[block] = 1;
    }
    query(Metric.SQUARED_DISTANCE);
    BlockRanking few = BlockRanking.of(Kernels.best(), many, workspace, wanted, 20);
    assertArrayEquals(sorted(many, wanted), all(few));
    query(Metric.DOT_PRODUCT);
    BlockRanking products = BlockRanking.of(Kernels.best(), many, workspace, null, 20);
    assertArrayEquals(sorted(many, null), all(products));
  }

  /** A finer table costs as much as it can for what is only a little farther than the nearest. */
  @Test
  void testAllGroupsOnceTheTableIsFiner() throws IOException {
    query(Metric.SQUARED_DISTANCE);
    assertTrue(workspace.table.zoom(0, 2));
    BlockRanking ranking = BlockRanking.of(Kernels.best(), many, workspace, null, 20);
    assertArrayEquals(sorted(many, null), all(ranking));
  }

  /** What the graph leads to comes first, in its order, and all others after it, in theirs. */
  @ParameterizedTest
  @ValueSource(ints = {20, 40, 200})
  void testGraphProposesFirst(int likely) throws IOException {
    int queries = 10;
    long proposed = 0;
    for (int i = 0; i < queries; i++) {
      query(Metric.SQUARED_DISTANCE);
      BlockCosts costs = new BlockCosts(graphStore, workspace.table);
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
