/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene.search;

import io.omendb.benchmarks.Progress;
import io.omendb.lucene.blocks.RepresentativeGraph;
import io.omendb.lucene.blocks.RepresentativeGraph.Level;
import java.io.IOException;
import java.util.Arrays;
import org.apache.lucene.util.VectorUtil;
import org.apache.lucene.util.hnsw.HnswGraph;
import org.apache.lucene.util.hnsw.HnswGraphBuilder;
import org.apache.lucene.util.hnsw.RandomVectorScorerSupplier;
import org.apache.lucene.util.hnsw.UpdateableRandomVectorScorer;

/**
 * An HNSW graph over all vectors, by Lucene's builder on exact distances, then copied into plain
 * arrays so that the walk costs as little as it can.
 */
final class PointGraph {
  private static final long SEED = 42;
  private static final int STEP = 256;

  private PointGraph() {}

  static RepresentativeGraph build(float[][] vectors, int maxConn, int beamWidth)
      throws IOException {
    HnswGraphBuilder builder =
        HnswGraphBuilder.create(new Cosines(vectors), maxConn, beamWidth, SEED, vectors.length);
    Progress progress = new Progress("point graph", vectors.length);
    for (int node = 0; node < vectors.length; node++) {
      builder.addGraphNode(node);
      if (node % STEP == STEP - 1) {
        progress.step(STEP);
      }
    }
    HnswGraph graph = builder.getCompletedGraph();
    progress.done();
    Level[] levels = new Level[graph.numLevels()];
    for (int l = 0; l < levels.length; l++) {
      levels[l] = level(graph, l);
    }
    return new RepresentativeGraph(graph.entryNode(), levels);
  }

  private static Level level(HnswGraph graph, int l) throws IOException {
    HnswGraph.NodesIterator iterator = graph.getNodesOnLevel(l);
    int[] nodes = new int[iterator.size()];
    for (int i = 0; i < nodes.length; i++) {
      nodes[i] = iterator.nextInt();
    }
    Arrays.sort(nodes);
    int[] starts = new int[nodes.length + 1];
    for (int i = 0; i < nodes.length; i++) {
      graph.seek(l, nodes[i]);
      starts[i + 1] = starts[i] + graph.neighborCount();
    }
    int[] neighbours = new int[starts[nodes.length]];
    for (int i = 0; i < nodes.length; i++) {
      graph.seek(l, nodes[i]);
      for (int n = starts[i]; n < starts[i + 1]; n++) {
        neighbours[n] = graph.nextNeighbor();
      }
      Arrays.sort(neighbours, starts[i], starts[i + 1]);
    }
    return new Level(nodes, starts, neighbours);
  }

  /** Scores for the builder: higher is nearer. */
  private record Cosines(float[][] vectors) implements RandomVectorScorerSupplier {
    @Override
    public UpdateableRandomVectorScorer scorer() {
      return new UpdateableRandomVectorScorer() {
        private float[] vector = vectors[0];

        @Override
        public void setScoringOrdinal(int node) {
          vector = vectors[node];
        }

        @Override
        public float score(int node) {
          return VectorUtil.normalizeToUnitInterval(VectorUtil.dotProduct(vector, vectors[node]));
        }

        @Override
        public int maxOrd() {
          return vectors.length;
        }
      };
    }

    @Override
    public RandomVectorScorerSupplier copy() {
      return this;
    }
  }
}
