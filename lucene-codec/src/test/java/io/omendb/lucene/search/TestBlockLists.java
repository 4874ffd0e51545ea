/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene.search;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.omendb.lucene.blocks.CodedVectors;
import io.omendb.lucene.quantize.ArrayVectors;
import io.omendb.lucene.simd.Kernels;
import io.omendb.lucene.store.BlockStore;
import io.omendb.lucene.store.StoredBlocks;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.store.Directory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TestBlockLists {
  private static final int COUNT = 30 * Kernels.BLOCK_SIZE - 5;

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 100, COUNT, COUNT + 1})
  void testListsEachVectorInItsBlock(int step) throws IOException {
    try (Directory directory = new ByteBuffersDirectory()) {
      BlockStore store =
          StoredBlocks.of(directory, CodedVectors.of(ArrayVectors.gaussian(COUNT, 4, step)), false);
      BlockStore.Cursor cursor = store.cursor();
      int[] ords = IntStream.range(0, COUNT).filter(ord -> (ord + 1) % step == 0).toArray();
      Map<Integer, Set<Integer>> expected =
          IntStream.range(0, COUNT)
              .filter(slot -> (at(cursor, slot) + 1) % step == 0)
              .boxed()
              .collect(
                  Collectors.groupingBy(
                      slot -> slot / Kernels.BLOCK_SIZE,
                      Collectors.mapping(slot -> at(cursor, slot), Collectors.toSet())));
      BlockLists lists = new BlockLists(store, cursor, ords);
      for (int block = 0; block < store.blockCount(); block++) {
        Set<Integer> listed = new TreeSet<>();
        int size = 0;
        for (int at = lists.last(block); at != 0; at = lists.before(at)) {
          listed.add(lists.ord(at));
          size++;
        }
        assertEquals(size, listed.size());
        assertEquals(expected.getOrDefault(block, Set.of()), listed);
        assertEquals(size > 0, lists.wanted()[block] != 0);
      }
    }
  }

  private static int at(BlockStore.Cursor cursor, int slot) {
    try {
      return cursor.ordOfSlot(slot);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
