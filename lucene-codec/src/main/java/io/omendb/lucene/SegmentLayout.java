/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene;

import io.omendb.lucene.blocks.RepresentativeGraph;
import io.omendb.lucene.store.BlockStore;
import org.apache.lucene.index.LeafReader;

/**
 * How the blocks of a field lie, and the graph that leads to them.
 *
 * @param blocks number of blocks
 * @param meanRadius mean over the blocks of the distance from the block's mean to its farthest
 *     vector
 * @param maxRadius the greatest of these
 * @param graph the graph over blocks; null where there are too few to need one
 */
public record SegmentLayout(int blocks, float meanRadius, float maxRadius, Graph graph) {

  /**
   * A graph with a node for each block.
   *
   * @param levels number of levels
   * @param meanDegree links of a node on the lowest level
   * @param maxDegree most links of a node there
   * @param reachable nodes of the lowest level to which links lead from the entry node; all of them
   *     in a sound graph
   */
  public record Graph(int levels, double meanDegree, int maxDegree, int reachable) {
    static Graph of(RepresentativeGraph graph) {
      RepresentativeGraph.Level lowest = graph.levels()[0];
      int nodes = lowest.nodes().length;
      int maxDegree = 0;
      for (int node = 0; node < nodes; node++) {
        maxDegree = Math.max(maxDegree, lowest.starts()[node + 1] - lowest.starts()[node]);
      }
      double meanDegree = (double) lowest.neighbours().length / nodes;
      return new Graph(graph.levels().length, meanDegree, maxDegree, reachable(graph));
    }

    private static int reachable(RepresentativeGraph graph) {
      RepresentativeGraph.Level lowest = graph.levels()[0];
      boolean[] reached = new boolean[lowest.nodes().length];
      int[] queue = new int[reached.length];
      int tail = 0;
      reached[graph.entryNode()] = true;
      queue[tail++] = graph.entryNode();
      for (int head = 0; head < tail; head++) {
        int end = lowest.starts()[queue[head] + 1];
        for (int i = lowest.starts()[queue[head]]; i < end; i++) {
          int neighbour = lowest.neighbours()[i];
          if (!reached[neighbour]) {
            reached[neighbour] = true;
            queue[tail++] = neighbour;
          }
        }
      }
      return tail;
    }
  }

  /**
   * Layout of a field; looks at every link of the graph.
   *
   * @param reader a segment
   * @return null if the segment has no such field, or not in this format, or without codes
   */
  public static SegmentLayout of(LeafReader reader, String field) {
    OmenVectorsReader vectors = OmenVectorsReader.of(reader, field);
    BlockStore store =
        vectors == null ? null : vectors.blocks(reader.getFieldInfos().fieldInfo(field));
    if (store == null) {
      return null;
    }
    float sum = 0;
    float max = 0;
    for (float radius : store.radii()) {
      sum += radius;
      max = Math.max(max, radius);
    }
    return new SegmentLayout(
        store.blockCount(),
        sum / store.blockCount(),
        max,
        store.graph() == null ? null : Graph.of(store.graph()));
  }
}
