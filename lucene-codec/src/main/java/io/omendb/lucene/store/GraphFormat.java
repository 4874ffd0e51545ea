/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene.store;

import io.omendb.lucene.blocks.RepresentativeGraph;
import io.omendb.lucene.blocks.RepresentativeGraph.Level;
import java.io.IOException;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.store.IndexInput;
import org.apache.lucene.store.IndexOutput;

/**
 * A graph in {@code .vex}:
 *
 * <ul>
 *   <li><b>[vint]</b> number of levels
 *   <li><b>[vint]</b> entry node
 *   <li>for each level, lowest first: <b>[vint]</b> number of nodes, <b>[vint]</b> number of links,
 *       and for each node <b>[vint]</b> its distance from the node before (from -1 for the first),
 *       <b>[vint]</b> number of neighbours, and <b>[vint]</b> distances from one neighbour to the
 *       next (from -1 for the first)
 * </ul>
 */
final class GraphFormat {
  private static final int MAX_LEVELS = 64;

  private GraphFormat() {}

  static void write(RepresentativeGraph graph, IndexOutput out) throws IOException {
    out.writeVInt(graph.levels().length);
    out.writeVInt(graph.entryNode());
    for (Level level : graph.levels()) {
      int[] nodes = level.nodes();
      out.writeVInt(nodes.length);
      out.writeVInt(level.neighbours().length);
      for (int i = 0; i < nodes.length; i++) {
        out.writeVInt(nodes[i] - (i == 0 ? -1 : nodes[i - 1]));
        out.writeVInt(level.starts()[i + 1] - level.starts()[i]);
        int previous = -1;
        for (int n = level.starts()[i]; n < level.starts()[i + 1]; n++) {
          out.writeVInt(level.neighbours()[n] - previous);
          previous = level.neighbours()[n];
        }
      }
    }
  }

  /**
   * Reads and checks a graph.
   *
   * @param in the graph, from its first byte to its last
   * @param nodeCount number of representatives
   */
  static RepresentativeGraph read(IndexInput in, int nodeCount) throws IOException {
    int levelCount = in.readVInt();
    check(levelCount >= 1 && levelCount <= MAX_LEVELS, "levels", levelCount, in);
    int entryNode = in.readVInt();
    Level[] levels = new Level[levelCount];
    for (int l = 0; l < levelCount; l++) {
      levels[l] = readLevel(in, nodeCount);
    }
    check(levels[0].nodes().length == nodeCount, "nodes", levels[0].nodes().length, in);
    check(
        entryNode >= 0 && entryNode < nodeCount && levels[levelCount - 1].indexOf(entryNode) >= 0,
        "entry node",
        entryNode,
        in);
    for (int l = 1; l < levelCount; l++) {
      for (int neighbour : levels[l].neighbours()) {
        check(levels[l].indexOf(neighbour) >= 0, "neighbour off its level", neighbour, in);
      }
      for (int node : levels[l].nodes()) {
        check(levels[l - 1].indexOf(node) >= 0, "node not on the level below", node, in);
      }
    }
    return new RepresentativeGraph(entryNode, levels);
  }

  private static Level readLevel(IndexInput in, int nodeCount) throws IOException {
    int size = in.readVInt();
    check(size >= 1 && size <= nodeCount, "nodes on a level", size, in);
    int links = in.readVInt();
    // A link takes at least a byte, so that the file bounds what is allocated.
    check(links >= 0 && links <= in.length() - in.getFilePointer(), "links", links, in);
    int[] nodes = new int[size];
    int[] starts = new int[size + 1];
    int[] neighbours = new int[links];
    int node = -1;
    for (int i = 0; i < size; i++) {
      node = next(in, node, nodeCount);
      nodes[i] = node;
      int degree = in.readVInt();
      check(degree >= 0 && degree <= links - starts[i], "neighbours of node " + node, degree, in);
      starts[i + 1] = starts[i] + degree;
      int neighbour = -1;
      for (int n = starts[i]; n < starts[i + 1]; n++) {
        neighbour = next(in, neighbour, nodeCount);
        neighbours[n] = neighbour;
      }
    }
    check(starts[size] == links, "links", starts[size], in);
    return new Level(nodes, starts, neighbours);
  }

  private static int next(IndexInput in, int previous, int nodeCount) throws IOException {
    int step = in.readVInt();
    check(step >= 1 && step < nodeCount - previous, "step to the next node", step, in);
    return previous + step;
  }

  private static void check(boolean holds, String what, int value, IndexInput in)
      throws CorruptIndexException {
    if (!holds) {
      throw new CorruptIndexException("graph: " + what + ": " + value, in);
    }
  }
}
