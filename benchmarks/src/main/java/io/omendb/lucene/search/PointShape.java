/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene.search;

import io.omendb.benchmarks.CodedVectors;
import io.omendb.benchmarks.Shape;
import io.omendb.lucene.blocks.RepresentativeGraph;
import io.omendb.lucene.quantize.Metric;
import io.omendb.lucene.simd.Kernels;
import java.io.IOException;
import org.apache.lucene.util.Bits;

/**
 * A graph over single vectors, walked on their codes. Codes lie row by row; a node costs one look
 * into the table for each of its bytes.
 */
public final class PointShape implements Shape {
  private final QueryTable table;
  private final int subspaces;
  private final byte[] codes;
  private final RepresentativeGraph graph;
  private final PointWalk walk;
  private final double buildSeconds;

  /** Keeps the loads that nothing else needs. */
  @SuppressWarnings("unused")
  private int touched;

  /** Builds the graph. */
  public PointShape(CodedVectors coded, int maxConn, int beamWidth) throws IOException {
    table = new QueryTable(Kernels.best(), coded.codebook());
    subspaces = coded.codebook().subspaces();
    codes = new byte[coded.count() * subspaces];
    long start = System.nanoTime();
    for (int ord = 0; ord < coded.count(); ord++) {
      byte[] page = coded.codes().page(ord);
      System.arraycopy(page, coded.codes().offset(ord), codes, ord * subspaces, subspaces);
    }
    graph = PointGraph.build(coded.vectors(), maxConn, beamWidth);
    buildSeconds = (System.nanoTime() - start) / 1e9;
    walk = new PointWalk(graph, coded.count());
  }

  /** Number of vectors. */
  public int count() {
    return codes.length / subspaces;
  }

  @Override
  public String name() {
    return "points";
  }

  @Override
  public double buildSeconds() {
    return buildSeconds;
  }

  /** Links as variable-length steps, which is less than this program keeps for speed. */
  @Override
  public double indexBytes() {
    return (double) LinkBytes.of(graph) * subspaces / codes.length;
  }

  @Override
  public double codeBytes() {
    return subspaces;
  }

  @Override
  public long scored() {
    return walk.scored();
  }

  @Override
  public int search(float[] query, Bits accepted, int width, int[] shortlist) {
    table.prepare(query, Metric.SQUARED_DISTANCE, true);
    int length = walk.search(this::score, accepted, width, shortlist.length);
    for (int i = 0; i < length; i++) {
      shortlist[i] = walk.found(i);
    }
    return length;
  }

  private void score(int[] nodes, int count, float[] costs) {
    // A load from each code first, because the processor waits for many at once, but not for many
    // whole rows of look-ups.
    int touch = 0;
    for (int i = 0; i < count; i++) {
      touch += codes[nodes[i] * subspaces];
    }
    touched += touch;
    for (int i = 0; i < count; i++) {
      costs[i] = CodeLayout.cost(table.table(), codes, nodes[i] * subspaces, subspaces);
    }
  }
}
