/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene.blocks;

import java.io.IOException;
import java.util.Arrays;
import org.apache.lucene.util.InfoStream;
import org.apache.lucene.util.VectorUtil;
import org.apache.lucene.util.hnsw.HnswGraph;
import org.apache.lucene.util.hnsw.HnswGraphBuilder;
import org.apache.lucene.util.hnsw.RandomVectorScorerSupplier;
import org.apache.lucene.util.hnsw.UpdateableRandomVectorScorer;

/**
 * The HNSW graph over representatives: levels, and on each the neighbours of its nodes. On the
 * lowest level every node can be reached from the entry node. Source: Y. Malkov, D. Yashunin,
 * Efficient and robust approximate nearest neighbor search using HNSW graphs, 2016.
 *
 * @param entryNode where a search begins, a node of the highest level
 * @param levels lowest first
 */
public record RepresentativeGraph(int entryNode, Level[] levels) {
  private static final long SEED = 42;

  /**
   * One level.
   *
   * @param nodes nodes of the level, ascending
   * @param starts where the neighbours of the i-th node begin, and their number at the end
   * @param neighbours neighbours of all nodes, ascending for each
   */
  public record Level(int[] nodes, int[] starts, int[] neighbours) {
    /** Index of a node in {@link #nodes}, negative if it is not on this level. */
    public int indexOf(int node) {
      return nodes.length > node && nodes[node] == node ? node : Arrays.binarySearch(nodes, node);
    }
  }

  /**
   * Builds the graph with Lucene's builder on exact distances.
   *
   * @param representatives layout [representative][axis]
   * @param maxConn neighbours of a node; twice as many on the lowest level
   * @param beamWidth candidates kept while a node's neighbours are searched
   */
  public static RepresentativeGraph build(
      float[] representatives, int axes, int maxConn, int beamWidth, InfoStream infoStream)
      throws IOException {
    int count = representatives.length / axes;
    float[][] rows = new float[count][];
    for (int r = 0; r < count; r++) {
      rows[r] = Arrays.copyOfRange(representatives, r * axes, (r + 1) * axes);
    }
    HnswGraphBuilder builder =
        HnswGraphBuilder.create(new Distances(rows), maxConn, beamWidth, SEED, count);
    builder.setInfoStream(infoStream);
    return of(builder.build(count));
  }

  private static RepresentativeGraph of(HnswGraph graph) throws IOException {
    Level[] levels = new Level[graph.numLevels()];
    for (int l = 0; l < levels.length; l++) {
      HnswGraph.NodesIterator iterator = graph.getNodesOnLevel(l);
      int[] nodes = new int[iterator.size()];
      for (int i = 0; i < nodes.length; i++) {
        nodes[i] = iterator.nextInt();
      }
      Arrays.sort(nodes);
      int[][] lists = new int[nodes.length][];
      for (int i = 0; i < nodes.length; i++) {
        graph.seek(l, nodes[i]);
        int[] list = new int[graph.neighborCount()];
        for (int n = 0; n < list.length; n++) {
          list[n] = graph.nextNeighbor();
        }
        Arrays.sort(list);
        lists[i] = list;
      }
      if (l == 0) {
        connect(lists, graph.entryNode());
      }
      levels[l] = level(nodes, lists);
    }
    return new RepresentativeGraph(graph.entryNode(), levels);
  }

  private static Level level(int[] nodes, int[][] lists) {
    int[] starts = new int[nodes.length + 1];
    for (int i = 0; i < nodes.length; i++) {
      starts[i + 1] = starts[i] + lists[i].length;
    }
    int[] neighbours = new int[starts[nodes.length]];
    for (int i = 0; i < nodes.length; i++) {
      System.arraycopy(lists[i], 0, neighbours, starts[i], lists[i].length);
    }
    return new Level(nodes, starts, neighbours);
  }

  /**
   * Adds a link to every node that pruning left without a way from the entry node, from one of its
   * own neighbours where that can be reached, else from the entry node.
   */
  private static void connect(int[][] lists, int entryNode) {
    boolean[] reached = new boolean[lists.length];
    int[] queue = new int[lists.length];
    spread(lists, entryNode, reached, queue);
    for (int node = 0; node < lists.length; node++) {
      if (reached[node]) {
        continue;
      }
      int from = entryNode;
      for (int neighbour : lists[node]) {
        if (reached[neighbour]) {
          from = neighbour;
          break;
        }
      }
      lists[from] = Arrays.copyOf(lists[from], lists[from].length + 1);
      lists[from][lists[from].length - 1] = node;
      Arrays.sort(lists[from]);
      spread(lists, node, reached, queue);
    }
  }

  private static void spread(int[][] lists, int from, boolean[] reached, int[] queue) {
    int tail = 0;
    reached[from] = true;
    queue[tail++] = from;
    for (int head = 0; head < tail; head++) {
      for (int neighbour : lists[queue[head]]) {
        if (!reached[neighbour]) {
          reached[neighbour] = true;
          queue[tail++] = neighbour;
        }
      }
    }
  }

  /** Scores for Lucene's builder: higher is nearer. */
  private record Distances(float[][] rows) implements RandomVectorScorerSupplier {
    @Override
    public UpdateableRandomVectorScorer scorer() {
      return new UpdateableRandomVectorScorer() {
        private float[] row = rows[0];

        @Override
        public void setScoringOrdinal(int node) {
          row = rows[node];
        }

        @Override
        public float score(int node) {
          return 1 / (1 + VectorUtil.squareDistance(row, rows[node]));
        }

        @Override
        public int maxOrd() {
          return rows.length;
        }
      };
    }

    @Override
    public RandomVectorScorerSupplier copy() {
      return this;
    }
  }
}
