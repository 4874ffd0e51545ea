/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene.search;

import io.omendb.lucene.blocks.RepresentativeGraph;
import io.omendb.lucene.blocks.RepresentativeGraph.Level;

/** The size of a graph as the format stores it: ascending neighbours as variable-length steps. */
final class LinkBytes {
  private LinkBytes() {}

  static long of(RepresentativeGraph graph) {
    long bytes = 0;
    for (Level level : graph.levels()) {
      int[] starts = level.starts();
      int previous = -1;
      for (int i = 0; i < level.nodes().length; i++) {
        bytes += variableLength(level.nodes()[i] - previous);
        previous = level.nodes()[i];
        bytes += variableLength(starts[i + 1] - starts[i]);
        int neighbour = -1;
        for (int n = starts[i]; n < starts[i + 1]; n++) {
          bytes += variableLength(level.neighbours()[n] - neighbour);
          neighbour = level.neighbours()[n];
        }
      }
    }
    return bytes;
  }

  /** Bytes of a number in groups of seven bits. */
  private static int variableLength(int value) {
    int bits = Integer.SIZE - Integer.numberOfLeadingZeros(value | 1);
    return (bits + 6) / 7;
  }
}
