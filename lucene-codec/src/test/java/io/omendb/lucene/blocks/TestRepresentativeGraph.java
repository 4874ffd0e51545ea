/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene.blocks;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.omendb.lucene.blocks.RepresentativeGraph.Level;
import io.omendb.lucene.quantize.ArrayVectors;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import org.apache.lucene.util.InfoStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TestRepresentativeGraph {
  private static final int MAX_CONN = 8;

  private static RepresentativeGraph build(ArrayVectors vectors) throws IOException {
    return RepresentativeGraph.build(
        vectors.rows(), vectors.dimension(), MAX_CONN, 40, InfoStream.NO_OUTPUT);
  }

  private static int[] neighbours(Level level, int node) {
    int at = level.indexOf(node);
    return Arrays.copyOfRange(level.neighbours(), level.starts()[at], level.starts()[at + 1]);
  }

  private static void assertValid(RepresentativeGraph graph, int count) {
    Level[] levels = graph.levels();
    int[] all = new int[count];
    Arrays.setAll(all, node -> node);
    assertArrayEquals(all, levels[0].nodes());
    assertTrue(levels[levels.length - 1].indexOf(graph.entryNode()) >= 0, "entry node");
    for (int l = 0; l < levels.length; l++) {
      Level level = levels[l];
      assertEquals(level.nodes().length + 1, level.starts().length);
      assertEquals(level.neighbours().length, level.starts()[level.nodes().length]);
      for (int node : level.nodes()) {
        assertTrue(l == 0 || levels[l - 1].indexOf(node) >= 0, "not nested: node " + node);
        int previous = -1;
        for (int neighbour : neighbours(level, node)) {
          assertTrue(neighbour > previous, "not ascending: node " + node);
          assertNotEquals(node, neighbour);
          assertTrue(level.indexOf(neighbour) >= 0, "not on the level: " + neighbour);
          previous = neighbour;
        }
      }
    }
  }

  private static int reachable(RepresentativeGraph graph) {
    Level level = graph.levels()[0];
    boolean[] seen = new boolean[level.nodes().length];
    Deque<Integer> queue = new ArrayDeque<>();
    seen[graph.entryNode()] = true;
    queue.add(graph.entryNode());
    int reached = 0;
    while (!queue.isEmpty()) {
      reached++;
      for (int neighbour : neighbours(level, queue.poll())) {
        if (!seen[neighbour]) {
          seen[neighbour] = true;
          queue.add(neighbour);
        }
      }
    }
    return reached;
  }

  private static int linksBeyond(RepresentativeGraph graph, int bound) {
    Level level = graph.levels()[0];
    int beyond = 0;
    for (int node : level.nodes()) {
      beyond += Math.max(0, neighbours(level, node).length - bound);
    }
    return beyond;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 10, 1000})
  void testWellFormed(int count) throws IOException {
    RepresentativeGraph graph = build(ArrayVectors.gaussian(count, 16, 1));
    assertValid(graph, count);
    assertEquals(count, reachable(graph));
    // Only links that connect what pruning cut off may exceed the bound.
    assertTrue(linksBeyond(graph, 2 * MAX_CONN) <= count / 100);
    for (int l = 1; l < graph.levels().length; l++) {
      for (int node : graph.levels()[l].nodes()) {
        assertTrue(neighbours(graph.levels()[l], node).length <= MAX_CONN);
      }
    }
  }

  @Test
  void testTightClustersStayConnected() throws IOException {
    RepresentativeGraph graph = build(ArrayVectors.clustered(1000, 8, 10, 1e-3, 2));
    assertValid(graph, 1000);
    assertEquals(1000, reachable(graph));
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 50, 1000})
  void testIdenticalPoints(int count) throws IOException {
    RepresentativeGraph graph = build(ArrayVectors.constant(count, 4, 1));
    assertValid(graph, count);
    assertEquals(count, reachable(graph));
  }

  @Test
  void testSamePointsSameGraph() throws IOException {
    ArrayVectors vectors = ArrayVectors.gaussian(500, 8, 3);
    RepresentativeGraph graph = build(vectors);
    RepresentativeGraph again = build(vectors);
    assertEquals(graph.entryNode(), again.entryNode());
    assertEquals(graph.levels().length, again.levels().length);
    for (int l = 0; l < graph.levels().length; l++) {
      assertArrayEquals(graph.levels()[l].nodes(), again.levels()[l].nodes());
      assertArrayEquals(graph.levels()[l].starts(), again.levels()[l].starts());
      assertArrayEquals(graph.levels()[l].neighbours(), again.levels()[l].neighbours());
    }
  }

  /** Links lead to near points: nearly all nearest neighbours are linked. */
  @Test
  void testNeighboursAreNear() throws IOException {
    ArrayVectors vectors = ArrayVectors.gaussian(500, 4, 4);
    RepresentativeGraph graph = build(vectors);
    int linked = 0;
    for (int node = 0; node < 500; node++) {
      int nearest = -1;
      double least = Double.POSITIVE_INFINITY;
      for (int other = 0; other < 500; other++) {
        double distance =
            ArrayVectors.squaredDistance(vectors.rows(), node * 4, vectors.rows(), other * 4, 4);
        if (other != node && distance < least) {
          least = distance;
          nearest = other;
        }
      }
      linked += Arrays.binarySearch(neighbours(graph.levels()[0], node), nearest) >= 0 ? 1 : 0;
    }
    assertTrue(linked >= 490, linked + " of 500");
  }

  @Test
  void testIndexOf() {
    Level level = new Level(new int[] {0, 1, 5, 9}, new int[5], new int[0]);
    assertEquals(1, level.indexOf(1));
    assertEquals(2, level.indexOf(5));
    assertEquals(3, level.indexOf(9));
    assertTrue(level.indexOf(2) < 0);
    assertTrue(level.indexOf(100) < 0);
  }
}
