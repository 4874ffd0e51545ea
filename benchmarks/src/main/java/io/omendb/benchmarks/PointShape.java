/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.benchmarks;

import io.omendb.lucene.blocks.RepresentativeGraph;
import java.io.IOException;
import org.apache.lucene.util.Bits;

/**
 * A graph over single vectors, walked on their codes. Codes lie row by row; a node costs one look
 * into the table for each of its bytes.
 */
final class PointShape implements Shape {
  private final int subspaces;
  private final byte[] codes;
  private final RepresentativeGraph graph;
  private final GraphWalk walk;
  private final double buildSeconds;

  /** Keeps the loads that nothing else needs. */
  @SuppressWarnings("unused")
  private int touched;

  PointShape(CodedVectors coded, int maxConn, int beamWidth) throws IOException {
    subspaces = coded.codebook().subspaces();
    codes = new byte[coded.count() * subspaces];
    long start = System.nanoTime();
    for (int ord = 0; ord < coded.count(); ord++) {
      byte[] page = coded.codes().page(ord);
      System.arraycopy(page, coded.codes().offset(ord), codes, ord * subspaces, subspaces);
    }
    graph = PointGraph.build(coded.vectors(), maxConn, beamWidth);
    buildSeconds = (System.nanoTime() - start) / 1e9;
    walk = new GraphWalk(graph, coded.count());
  }

  int count() {
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
  public int search(QueryCosts query, Bits accepted, int width, int[] shortlist) {
    int length =
        walk.search(
            (nodes, count, costs) -> score(query, nodes, count, costs),
            accepted,
            width,
            shortlist.length);
    for (int i = 0; i < length; i++) {
      shortlist[i] = walk.found(i);
    }
    return length;
  }

  private void score(QueryCosts query, int[] nodes, int count, float[] costs) {
    // A load from each code first, because the processor waits for many at once, but not for many
    // whole rows of look-ups.
    int touch = 0;
    for (int i = 0; i < count; i++) {
      touch += codes[nodes[i] * subspaces];
    }
    touched += touch;
    for (int i = 0; i < count; i++) {
      costs[i] = query.cost(codes, nodes[i] * subspaces);
    }
  }
}
