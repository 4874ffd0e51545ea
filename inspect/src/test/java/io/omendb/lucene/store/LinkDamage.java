/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene.store;

import io.omendb.lucene.blocks.BinaryCodes;
import io.omendb.lucene.blocks.BlockLayout;
import io.omendb.lucene.blocks.RepresentativeCodes;
import io.omendb.lucene.blocks.RepresentativeGraph;
import io.omendb.lucene.quantize.Codebook;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.lucene.codecs.CodecUtil;
import org.apache.lucene.store.ByteBuffersDataInput;
import org.apache.lucene.store.ByteBuffersDataOutput;
import org.apache.lucene.store.ByteBuffersIndexInput;
import org.apache.lucene.store.ByteBuffersIndexOutput;
import org.apache.lucene.store.IndexInput;
import org.apache.lucene.store.IndexOutput;

/** Turns links of a graph away from a block; what is left can be read, and is as long as before. */
public final class LinkDamage {
  private LinkDamage() {}

  /**
   * Damages a file; its checksum is no longer right.
   *
   * @param vex content of a {@code .vex} of one field that has a graph
   * @param suffix of the segment's files
   * @param count vectors of the field
   * @param dimension of the vectors
   */
  public static void isolateBlock(byte[] vex, String suffix, int count, int dimension)
      throws IOException {
    int blocks = BlockLayout.blocks(count);
    int axes = Codebook.axes(dimension);
    int header = CodecUtil.indexHeaderLength("OmenVectorsIndex", suffix);
    int subspaces = Codebook.subspaces(dimension);
    int start =
        (int)
            (header
                + 2 * BlockWriter.mapLength(count)
                + RepresentativeCodes.length(blocks, subspaces)
                + (long) blocks * Float.BYTES
                + (long) BinaryCodes.words(axes) * Long.SIZE * Float.BYTES
                + (long) blocks * BinaryCodes.bytesPerRepresentative(axes));
    byte[] bytes = Arrays.copyOfRange(vex, start, vex.length - CodecUtil.footerLength());
    RepresentativeGraph graph = GraphFormat.read(input(bytes), blocks);
    RepresentativeGraph.Level lowest = graph.levels()[0];
    int isolated = graph.entryNode() == 0 ? 1 : 0;
    for (int node = 0; node < blocks; node++) {
      int from = lowest.starts()[node];
      int to = lowest.starts()[node + 1];
      int[] neighbours = Arrays.copyOfRange(lowest.neighbours(), from, to);
      int at = Arrays.binarySearch(neighbours, isolated);
      if (at >= 0) {
        neighbours[at] = other(neighbours, node, blocks);
        Arrays.sort(neighbours);
        System.arraycopy(neighbours, 0, lowest.neighbours(), from, neighbours.length);
      }
    }
    byte[] damaged = output(graph);
    if (damaged.length != bytes.length) {
      throw new AssertionError(damaged.length + " bytes of links, not " + bytes.length);
    }
    System.arraycopy(damaged, 0, vex, start, damaged.length);
  }

  private static int other(int[] neighbours, int node, int blocks) {
    return IntStream.range(0, blocks)
        .filter(each -> each != node && Arrays.binarySearch(neighbours, each) < 0)
        .findFirst()
        .orElseThrow();
  }

  private static IndexInput input(byte[] bytes) {
    return new ByteBuffersIndexInput(
        new ByteBuffersDataInput(List.of(ByteBuffer.wrap(bytes))), "links");
  }

  private static byte[] output(RepresentativeGraph graph) throws IOException {
    ByteBuffersDataOutput bytes = new ByteBuffersDataOutput();
    try (IndexOutput out = new ByteBuffersIndexOutput(bytes, "links", "links")) {
      GraphFormat.write(graph, out);
    }
    return bytes.toArrayCopy();
  }
}
