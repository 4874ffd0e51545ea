/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene.search;

import io.omendb.lucene.blocks.RepresentativeGraph;
import io.omendb.lucene.blocks.RepresentativeGraph.Level;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.FixedBitSet;
import org.apache.lucene.util.hnsw.NeighborQueue;

/**
 * A search of an HNSW graph over single vectors: greedily down the upper levels, then best first on
 * the lowest. Under a filter it walks over all nodes and keeps those accepted, as Lucene's plain
 * filtered search does. Not for use by two threads.
 */
final class PointWalk {
  /** Scores nodes; lower costs are nearer. */
  @FunctionalInterface
  interface NodeCosts {
    /** Scores the first {@code length} nodes, all at once, so that cache misses overlap. */
    void score(int[] nodes, int length, float[] costs);
  }

  private final RepresentativeGraph graph;
  private final FixedBitSet seen;
  private final NeighborQueue candidates = new NeighborQueue(1024, false);
  private NeighborQueue found;
  private int foundSize;
  private int[] unseen = new int[64];
  private float[] unseenCosts = new float[64];
  private int[] nodes = new int[0];
  private long scored;

  PointWalk(RepresentativeGraph graph, int nodeCount) {
    this.graph = graph;
    this.seen = new FixedBitSet(nodeCount);
  }

  /**
   * Searches.
   *
   * @param accepted nodes that may be found, null for all
   * @param width nodes kept while searching
   * @param wanted nodes returned at most
   * @return number of nodes, see {@link #found}
   */
  int search(NodeCosts costs, Bits accepted, int width, int wanted) {
    walk(costs, accepted, width, descend(costs));
    while (found.size() > wanted) {
      found.pop();
    }
    int length = found.size();
    nodes = nodes.length < length ? new int[length] : nodes;
    for (int i = length - 1; i >= 0; i--) {
      nodes[i] = found.pop();
    }
    return length;
  }

  /** A node that was found, nearest first. */
  int found(int i) {
    return nodes[i];
  }

  /** Nodes scored by all searches. */
  long scored() {
    return scored;
  }

  private int descend(NodeCosts costs) {
    unseen[0] = graph.entryNode();
    score(costs, 1);
    int node = unseen[0];
    float best = unseenCosts[0];
    for (int l = graph.levels().length - 1; l > 0; l--) {
      Level level = graph.levels()[l];
      for (boolean moved = true; moved; ) {
        moved = false;
        int at = level.indexOf(node);
        int from = level.starts()[at];
        int length = level.starts()[at + 1] - from;
        makeRoom(length);
        System.arraycopy(level.neighbours(), from, unseen, 0, length);
        score(costs, length);
        for (int i = 0; i < length; i++) {
          if (unseenCosts[i] < best) {
            best = unseenCosts[i];
            node = unseen[i];
            moved = true;
          }
        }
      }
    }
    return node;
  }

  private void walk(NodeCosts costs, Bits accepted, int width, int entry) {
    Level level = graph.levels()[0];
    seen.clear();
    candidates.clear();
    if (foundSize == width) {
      found.clear();
    } else {
      // Its size at birth is the one at which it overflows.
      found = new NeighborQueue(width, true);
      foundSize = width;
    }
    float bound = Float.POSITIVE_INFINITY;
    seen.set(entry);
    unseen[0] = entry;
    int length = 1;
    while (true) {
      score(costs, length);
      for (int i = 0; i < length; i++) {
        if (unseenCosts[i] > bound) {
          continue;
        }
        candidates.add(unseen[i], unseenCosts[i]);
        if (accepted == null || accepted.get(unseen[i])) {
          found.insertWithOverflow(unseen[i], unseenCosts[i]);
          bound = found.size() < width ? bound : found.topScore();
        }
      }
      if (candidates.size() == 0 || candidates.topScore() > bound) {
        return;
      }
      length = unseenNeighbours(level, candidates.pop());
    }
  }

  private void score(NodeCosts costs, int length) {
    costs.score(unseen, length, unseenCosts);
    scored += length;
  }

  private int unseenNeighbours(Level level, int node) {
    int from = level.starts()[node];
    int to = level.starts()[node + 1];
    makeRoom(to - from);
    int length = 0;
    for (int n = from; n < to; n++) {
      int neighbour = level.neighbours()[n];
      if (!seen.getAndSet(neighbour)) {
        unseen[length++] = neighbour;
      }
    }
    return length;
  }

  private void makeRoom(int length) {
    if (unseen.length < length) {
      unseen = new int[length];
      unseenCosts = new float[length];
    }
  }
}
