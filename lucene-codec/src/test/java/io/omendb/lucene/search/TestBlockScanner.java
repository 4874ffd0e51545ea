/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene.search;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.omendb.lucene.blocks.CodedVectors;
import io.omendb.lucene.quantize.ArrayVectors;
import io.omendb.lucene.quantize.Codebook;
import io.omendb.lucene.quantize.Metric;
import io.omendb.lucene.simd.Kernels;
import io.omendb.lucene.store.BlockStore;
import io.omendb.lucene.store.StoredBlocks;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.store.Directory;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.FixedBitSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** In whatever order blocks come, what is dropped on the way would not be reranked in the end. */
class TestBlockScanner {
  private static final int DIMENSION = 8;
  private static final int COUNT = 60 * Kernels.BLOCK_SIZE - 7;

  private static final Directory DIRECTORY = new ByteBuffersDirectory();
  private static CodedVectors vectors;
  private static BlockStore store;

  private final Random random = new Random(11);

  @BeforeAll
  static void write() throws IOException {
    vectors = CodedVectors.of(ArrayVectors.gaussian(COUNT, DIMENSION, 3));
    store = StoredBlocks.of(DIRECTORY, vectors, false);
  }

  @AfterAll
  static void close() throws IOException {
    DIRECTORY.close();
  }

  private Workspace workspace(Codebook codebook) {
    Workspace workspace = new Workspace(Kernels.best(), codebook);
    float[] query = new float[DIMENSION];
    for (int d = 0; d < DIMENSION; d++) {
      query[d] = (float) random.nextGaussian();
    }
    workspace.table.prepare(query, Metric.SQUARED_DISTANCE, false);
    return workspace;
  }

  /** The shortlist after all blocks were scanned in some order. */
  private Shortlist scan(Workspace workspace, int k, Depth depth, Bits accepted)
      throws IOException {
    return scan(workspace, k, depth, new Bits.MatchAllBits(COUNT), accepted);
  }

  /**
   * The same, of some vectors of each block.
   *
   * @param wanted ordinals whose slots are asked for
   */
  private Shortlist scan(Workspace workspace, int k, Depth depth, Bits wanted, Bits accepted)
      throws IOException {
    BlockStore.Cursor cursor = store.cursor();
    BlockScanner scanner = new BlockScanner(Kernels.best(), store, cursor, workspace, k);
    scanner.begin(depth, COUNT);
    List<Integer> blocks = new ArrayList<>();
    for (int block = 0; block < store.blockCount(); block++) {
      blocks.add(block);
    }
    Collections.shuffle(blocks, random);
    for (int i = 0; i < blocks.size(); i += Kernels.SCAN_BLOCKS) {
      workspace.batch.clear();
      for (int block : blocks.subList(i, Math.min(blocks.size(), i + Kernels.SCAN_BLOCKS))) {
        long bits = 0;
        int first = block * Kernels.BLOCK_SIZE;
        for (int slot = first; slot < Math.min(COUNT, first + Kernels.BLOCK_SIZE); slot++) {
          bits |= wanted.get(cursor.ordOfSlot(slot)) ? 1L << slot : 0;
        }
        if (bits != 0) {
          workspace.batch.add(block, bits);
        }
      }
      if (workspace.batch.size() > 0) {
        scanner.scan(workspace.batch, accepted);
      }
    }
    return scanner.finish();
  }

  /** Costs of all vectors that count, ascending. */
  private int[] costs(Workspace workspace, Bits accepted) {
    byte[] table = workspace.table.table();
    byte[] code = new byte[DIMENSION];
    int[] costs = new int[COUNT];
    int length = 0;
    for (int ord = 0; ord < COUNT; ord++) {
      if (accepted == null || accepted.get(ord)) {
        System.arraycopy(
            vectors.codes().page(ord), vectors.codes().offset(ord), code, 0, DIMENSION);
        for (int s = 0; s < DIMENSION; s++) {
          costs[length] += table[s * Kernels.CENTROIDS + (code[s] & 0xFF)] & 0xFF;
        }
        length++;
      }
    }
    costs = Arrays.copyOf(costs, length);
    Arrays.sort(costs);
    return costs;
  }

  private int[] costs(Shortlist shortlist, Workspace workspace, Bits accepted) throws IOException {
    FixedBitSet ords = new FixedBitSet(COUNT);
    for (int i = 0; i < shortlist.length(); i++) {
      int ord = store.cursor().ordOfSlot(shortlist.slot(i));
      assertTrue(accepted == null || accepted.get(ord));
      ords.set(ord);
    }
    assertEquals(shortlist.length(), ords.cardinality());
    return costs(workspace, ords);
  }

  /** What is reranked of vectors of these costs, by looking at all of them. */
  private static int[] expected(Workspace workspace, int[] costs, int k, Depth depth) {
    int kth = costs[Math.min(k, costs.length) - 1];
    double bound = kth + depth.margin() * workspace.table.scatter(kth);
    int within = (int) Arrays.stream(costs).filter(cost -> cost <= bound).count();
    int size = Math.min(Math.max(depth.minRows(), within), depth.maxRows());
    return Arrays.copyOf(costs, Math.min(size, costs.length));
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1, 2000, 0, 1",
    "1, 16, 2000, 2, 16",
    "10, 10, 2000, 0, 10",
    "10, 10, 2000, 5, 10",
    "10, 30, 2000, 2, 40",
    "10, 30, 2000, 20, 40",
    "10, 30, 60, 100, 40",
    "100, 150, 4000, 2, 200",
    "3000, 3100, 5000, 2, 3200",
    "5000, 5100, 6000, 2, 5200"
  })
  void testKeepsWhatMayBeAmongTheBest(int k, int minRows, int maxRows, double margin, int strong)
      throws IOException {
    Depth depth = new Depth(minRows, maxRows, margin, strong, 1, 1);
    FixedBitSet some = new FixedBitSet(COUNT);
    for (int ord = 0; ord < COUNT; ord++) {
      if (random.nextInt(4) == 0) {
        some.set(ord);
      }
    }
    for (Bits accepted : new Bits[] {null, some}) {
      for (int i = 0; i < 10; i++) {
        Workspace workspace = workspace(store.codebook());
        int[] costs = costs(workspace, accepted);
        int[] kept = costs(scan(workspace, k, depth, accepted), workspace, accepted);
        assertArrayEquals(expected(workspace, costs, k, depth), kept);
      }
    }
  }

  /** Where few vectors of a block are wanted, their codes are scored one by one. */
  @ParameterizedTest
  @CsvSource({"10, 16, 0", "10, 16, 2", "10, 30, 30", "100, 120, 2"})
  void testSingleCodes(int k, int minRows, double margin) throws IOException {
    Depth depth = new Depth(minRows, 2000, margin, minRows + 10, 1, 1);
    BlockStore.Cursor cursor = store.cursor();
    for (int i = 0; i < 10; i++) {
      FixedBitSet wanted = new FixedBitSet(COUNT);
      for (int block = 0; block < store.blockCount(); block++) {
        for (int j = random.nextInt(5); j > 0; j--) {
          int slot = block * Kernels.BLOCK_SIZE + random.nextInt(Kernels.BLOCK_SIZE);
          wanted.set(cursor.ordOfSlot(Math.min(COUNT - 1, slot)));
        }
      }
      Workspace workspace = workspace(store.codebook());
      int[] costs = costs(workspace, wanted);
      int[] kept = costs(scan(workspace, k, depth, wanted, null), workspace, wanted);
      assertArrayEquals(expected(workspace, costs, k, depth), kept);
    }
  }

  /** Where nobody knows how many are wanted, there are as many as fit, in order. */
  @Test
  void testUnknownNumber() throws IOException {
    Workspace workspace = workspace(store.codebook());
    Shortlist shortlist = scan(workspace, 0, new Depth(10, 500, 2, 20, 1, 1), null);
    int[] expected = Arrays.copyOf(costs(workspace, null), 500);
    assertEquals(500, shortlist.length());
    BlockStore.Cursor cursor = store.cursor();
    FixedBitSet one = new FixedBitSet(COUNT);
    for (int i = 0; i < 500; i++) {
      one.clear();
      one.set(cursor.ordOfSlot(shortlist.slot(i)));
      assertEquals(expected[i], costs(workspace, one)[0]);
    }
  }

  /** The noise of a damaged codebook may be no number: then all can compete. */
  @Test
  void testNoiseThatIsNoNumber() throws IOException {
    Codebook good = store.codebook();
    Codebook damaged =
        new Codebook(
            good.mean(),
            good.rotation(),
            good.offsets(),
            good.centroids(),
            good.trainedOn(),
            good.error(),
            Float.NaN);
    Workspace workspace = workspace(damaged);
    Shortlist shortlist = scan(workspace, 10, new Depth(30, 700, 2, 40, 1, 1), null);
    assertEquals(700, shortlist.length());
  }
}
