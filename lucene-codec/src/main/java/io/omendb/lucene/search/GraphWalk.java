/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene.search;

import io.omendb.lucene.blocks.RepresentativeGraph;
import io.omendb.lucene.blocks.RepresentativeGraph.Level;
import org.apache.lucene.util.FixedBitSet;
import org.apache.lucene.util.hnsw.NeighborQueue;

/**
 * Finds representatives near a query over their graph, scored on binary codes alone: greedily down
 * the upper levels, then best first on the lowest.
 */
final class GraphWalk {
  private GraphWalk() {}

  /** What a node costs; lower is nearer. */
  @FunctionalInterface
  interface Costs {
    /** Cost of a node of the lowest level. */
    float of(int node);
  }

  /**
   * Walks the graph.
   *
   * @param wanted representatives to find, which is also the width of the beam
   * @return found representatives, in no order
   */
  static int[] nearest(RepresentativeGraph graph, Costs costs, int wanted) {
    int node = graph.entryNode();
    float cost = costs.of(node);
    for (int l = graph.levels().length - 1; l > 0; l--) {
      Level level = graph.levels()[l];
      for (boolean moved = true; moved; ) {
        moved = false;
        int at = level.indexOf(node);
        for (int n = level.starts()[at]; n < level.starts()[at + 1]; n++) {
          float neighbourCost = costs.of(level.neighbours()[n]);
          if (neighbourCost < cost) {
            cost = neighbourCost;
            node = level.neighbours()[n];
            moved = true;
          }
        }
      }
    }
    return beam(graph.levels()[0], costs, node, cost, wanted);
  }

  private static int[] beam(Level level, Costs costs, int entry, float entryCost, int wanted) {
    FixedBitSet seen = new FixedBitSet(level.nodes().length);
    NeighborQueue candidates = new NeighborQueue(wanted, false);
    NeighborQueue found = new NeighborQueue(wanted, true);
    seen.set(entry);
    candidates.add(entry, entryCost);
    found.add(entry, entryCost);
    while (candidates.size() > 0) {
      if (found.size() >= wanted && candidates.topScore() > found.topScore()) {
        break;
      }
      int node = candidates.pop();
      for (int n = level.starts()[node]; n < level.starts()[node + 1]; n++) {
        int neighbour = level.neighbours()[n];
        if (seen.getAndSet(neighbour)) {
          continue;
        }
        float cost = costs.of(neighbour);
        if (found.size() < wanted) {
          found.add(neighbour, cost);
          candidates.add(neighbour, cost);
        } else if (found.insertWithOverflow(neighbour, cost)) {
          candidates.add(neighbour, cost);
        }
      }
    }
    int[] nodes = new int[found.size()];
    for (int i = 0; i < nodes.length; i++) {
      nodes[i] = found.pop();
    }
    return nodes;
  }
}
