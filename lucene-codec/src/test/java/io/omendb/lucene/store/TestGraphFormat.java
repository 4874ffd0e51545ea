/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.omendb.lucene.blocks.RepresentativeGraph;
import io.omendb.lucene.blocks.RepresentativeGraph.Level;
import io.omendb.lucene.quantize.ArrayVectors;
import java.io.IOException;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.store.IndexInput;
import org.apache.lucene.util.InfoStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TestGraphFormat {

  static void assertSame(RepresentativeGraph expected, RepresentativeGraph actual) {
    assertEquals(expected.entryNode(), actual.entryNode());
    assertEquals(expected.levels().length, actual.levels().length);
    for (int l = 0; l < expected.levels().length; l++) {
      Level level = expected.levels()[l];
      assertArrayEquals(level.nodes(), actual.levels()[l].nodes());
      assertArrayEquals(level.starts(), actual.levels()[l].starts());
      assertArrayEquals(level.neighbours(), actual.levels()[l].neighbours());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 600})
  void testRoundTrip(int count) throws IOException {
    float[] points = ArrayVectors.gaussian(count, 4, 1).rows();
    RepresentativeGraph graph = RepresentativeGraph.build(points, 4, 4, 20, InfoStream.NO_OUTPUT);
    IndexInput in = Files.file(out -> GraphFormat.write(graph, out));
    assertSame(graph, GraphFormat.read(in, count));
    assertEquals(in.length(), in.getFilePointer());
  }

  /** The numbers of a graph file, one after the other. */
  private static RepresentativeGraph read(int nodeCount, int... numbers) throws IOException {
    IndexInput in =
        Files.file(out -> {
          for (int number : numbers) {
            out.writeVInt(number);
          }
        });
    return GraphFormat.read(in, nodeCount);
  }

  /** Three nodes in a row on the lowest level, the last two of them on the upper one. */
  @Test
  void testLayoutOfTheFile() throws IOException {
    RepresentativeGraph graph =
        new RepresentativeGraph(
            2,
            new Level[] {
              new Level(new int[] {0, 1, 2}, new int[] {0, 1, 3, 4}, new int[] {1, 0, 2, 1}),
              new Level(new int[] {1, 2}, new int[] {0, 1, 2}, new int[] {2, 1})
            });
    int[] lowest = {3, 4, /* 0: */ 1, 1, 2, /* 1: */ 1, 2, 1, 2, /* 2: */ 1, 1, 2};
    int[] upper = {2, 2, /* 1: */ 2, 1, 3, /* 2: */ 1, 1, 2};
    int[] numbers = new int[2 + lowest.length + upper.length];
    numbers[0] = 2;
    numbers[1] = 2;
    System.arraycopy(lowest, 0, numbers, 2, lowest.length);
    System.arraycopy(upper, 0, numbers, 2 + lowest.length, upper.length);
    assertSame(graph, read(3, numbers));
  }

  /** Graphs of two nodes that are wrong in one place each. */
  @ParameterizedTest
  @CsvSource({
    "levels, '0'",
    "levels, '65'",
    "levels, '-1'",
    "entry node, '1 2 2 0 1 0 1 0'",
    "entry node, '1 -1 2 0 1 0 1 0'",
    "nodes on a level, '1 0 0'",
    "nodes on a level, '1 0 3'",
    "nodes on a level, '1 0 -1'",
    "links, '1 0 2 100 1 0 1 0'",
    "links, '1 0 2 -1 1 0 1 0'",
    "links, '1 0 2 2 1 1 2 1 0'",
    "nodes: 1, '1 0 1 0 1 0'",
    "step to the next node, '1 0 2 0 0 0 1 0'",
    "step to the next node, '1 0 2 0 1 0 2 0'",
    "step to the next node, '1 0 2 0 -1 0 2 0'",
    "step to the next node, '1 0 2 1 1 1 3 1 0'",
    "step to the next node, '1 0 2 1 1 1 0 1 0'",
    "neighbours of node 0, '1 0 2 1 1 2 1 1 1 0'",
    "neighbours of node 0, '1 0 2 1 1 -1 1 1 1 0'",
    "entry node, '2 0 2 0 1 0 1 0 1 0 2 0'",
    "neighbour off its level, '2 1 2 0 1 0 1 0 1 1 2 1 1'"
  })
  void testCorrupt(String what, String numbers) {
    String[] words = numbers.split(" ", -1);
    int[] values = new int[words.length];
    for (int i = 0; i < words.length; i++) {
      values[i] = Integer.parseInt(words[i]);
    }
    CorruptIndexException e = assertThrows(CorruptIndexException.class, () -> read(2, values));
    assertTrue(e.getMessage().contains("graph: " + what), e.getMessage());
    assertTrue(e.getMessage().contains("test.bin"), e.getMessage());
  }

  /** A level may only hold nodes of the one below; three levels, as all nodes are on the lowest. */
  @Test
  void testLevelsMustBeNested() {
    CorruptIndexException e =
        assertThrows(
            CorruptIndexException.class,
            () -> read(2, 3, 1, 2, 0, 1, 0, 1, 0, /* 0: */ 1, 0, 1, 0, /* 1: */ 1, 0, 2, 0));
    assertTrue(e.getMessage().contains("node not on the level below: 1"), e.getMessage());
  }
}
