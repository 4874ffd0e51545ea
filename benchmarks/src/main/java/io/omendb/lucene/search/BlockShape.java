/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene.search;

import io.omendb.benchmarks.CodedVectors;
import io.omendb.benchmarks.Progress;
import io.omendb.benchmarks.Shape;
import io.omendb.lucene.blocks.BinaryCodes;
import io.omendb.lucene.blocks.BlockLayout;
import io.omendb.lucene.blocks.Effort;
import io.omendb.lucene.blocks.RepresentativeCoder;
import io.omendb.lucene.blocks.RepresentativeCodes;
import io.omendb.lucene.blocks.RepresentativeGraph;
import io.omendb.lucene.quantize.Metric;
import io.omendb.lucene.quantize.Parallel;
import io.omendb.lucene.simd.Kernels;
import java.io.IOException;
import java.util.Arrays;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.InfoStream;
import org.apache.lucene.util.packed.DirectWriter;

/**
 * Blocks of codes under representatives. Codes of representatives rank blocks, all of them or those
 * that a graph leads to on binary codes; the best are scanned, as many as asked for. A filter is a
 * mask on the scan.
 */
public final class BlockShape implements Shape {
  /** Blocks proposed for each that is scanned, as in the format. */
  private static final int PROPOSED_PER_BLOCK = 4;

  private final Kernels kernels = Kernels.best();
  private final QueryTable table;
  private final int count;
  private final int subspaces;
  private final byte[] codes;
  private final int[] ordOfSlot;
  private final BinaryCodes binaryCodes;
  private final RepresentativeCodes representatives;
  private final CountingSort byCost = new CountingSort();
  private final RepresentativeGraph graph;
  private final double buildSeconds;
  private final short[] sums = new short[Kernels.SCAN_SIZE];
  private final long[] below = new long[Kernels.SCAN_BLOCKS];

  /** Codes of the blocks that are scanned at once. */
  private final byte[] scanned;

  private final Shortlist best = new Shortlist();
  private final short[] costs;
  private final byte[] rankingTable;
  private final int[] order;
  private long scored;

  /**
   * Builds blocks.
   *
   * @param graphThreshold blocks from which a graph leads to them
   */
  public BlockShape(CodedVectors coded, int maxConn, int beamWidth, int graphThreshold)
      throws IOException {
    Progress progress = new Progress("blocks", coded.count());
    table = new QueryTable(kernels, coded.codebook());
    count = coded.count();
    subspaces = coded.codebook().subspaces();
    int axes = coded.codebook().axes();
    BlockLayout layout =
        BlockLayout.of(kernels, Parallel.SEQUENTIAL, coded.codebook(), coded.codes(), Effort.MERGE);
    ordOfSlot = layout.ordOfSlot();
    codes = CodeLayout.blocks(coded.codes(), ordOfSlot);
    scanned = new byte[Kernels.SCAN_SIZE * subspaces];
    int blocks = BlockLayout.blocks(count);
    representatives =
        new RepresentativeCoder(kernels, Parallel.SEQUENTIAL, coded.codebook())
            .code(coded.codes(), ordOfSlot);
    order = new int[blocks];
    rankingTable = new byte[subspaces * Kernels.PALETTE];
    costs = new short[RepresentativeCodes.costsLength(blocks)];
    graph =
        blocks < graphThreshold
            ? null
            : RepresentativeGraph.build(
                layout.means(), axes, maxConn, beamWidth, InfoStream.NO_OUTPUT);
    binaryCodes = graph == null ? null : BinaryCodes.of(layout.means(), axes);
    buildSeconds = progress.seconds();
    progress.step(count);
    progress.done();
  }

  @Override
  public String name() {
    return "blocks";
  }

  @Override
  public double buildSeconds() {
    return buildSeconds;
  }

  /** As the format stores it: two packed maps, codes of representatives, the graph. */
  @Override
  public double indexBytes() {
    double maps = 2 * DirectWriter.unsignedBitsRequired(Math.max(1, count - 1)) / 8.0;
    double ofBlocks =
        RepresentativeCodes.length(blocks(), subspaces) + (double) blocks() * Float.BYTES;
    double links =
        graph == null
            ? 0
            : LinkBytes.of(graph)
                + (double) blocks() * BinaryCodes.bytesPerRepresentative(table.rotated().length);
    return maps + (ofBlocks + links) / count;
  }

  @Override
  public double codeBytes() {
    return (double) blocks() * Kernels.BLOCK_SIZE * subspaces / count;
  }

  @Override
  public long scored() {
    return scored;
  }

  /** Number of blocks. */
  public int blocks() {
    return order.length;
  }

  @Override
  public int search(float[] query, Bits accepted, int width, int[] shortlist) {
    int wanted = Math.min(width, blocks());
    table.prepare(query, Metric.SQUARED_DISTANCE, true);
    rank(Math.min(blocks(), PROPOSED_PER_BLOCK * wanted), wanted);
    best.reset(shortlist.length);
    for (int i = 0; i < wanted; i += Kernels.SCAN_BLOCKS) {
      scan(i, Math.min(wanted, i + Kernels.SCAN_BLOCKS), accepted);
    }
    scored += (long) wanted * Kernels.BLOCK_SIZE;
    best.cut();
    int found = best.length();
    for (int i = 0; i < found; i++) {
      shortlist[i] = ordOfSlot[best.slot(i)];
    }
    return found;
  }

  /** Puts the best blocks first in {@link #order}. */
  private void rank(int proposed, int wanted) {
    int length;
    representatives.choose(kernels, table.table(), rankingTable);
    if (graph != null && proposed < blocks()) {
      BinaryCodes.Query binary = binaryCodes.query(table.rotated(), Metric.SQUARED_DISTANCE);
      int[] found = GraphWalk.nearest(graph, binary::cost, proposed);
      length = found.length;
      for (int i = 0; i < length; i++) {
        order[i] = found[i];
        costs[found[i]] = (short) representatives.cost(rankingTable, found[i]);
      }
    } else {
      length = blocks();
      representatives.costs(kernels, rankingTable, costs);
      Arrays.setAll(order, block -> block);
    }
    byCost.sort(order, 0, length, costs);
    if (length < wanted) {
      throw new IllegalStateException("the graph leads to " + length + " blocks of " + wanted);
    }
  }

  /** Scans the blocks at some places of the order at once. */
  private void scan(int from, int to, Bits accepted) {
    int length = Kernels.BLOCK_SIZE * subspaces;
    for (int i = from; i < to; i++) {
      System.arraycopy(codes, order[i] * length, scanned, (i - from) * length, length);
    }
    kernels.scan(table.table(), scanned, 0, subspaces, best.limit(), sums, below);
    for (int i = from; i < to; i++) {
      for (long left = below[i - from]; left != 0; left &= left - 1) {
        int lane = Long.numberOfTrailingZeros(left);
        int slot = order[i] * Kernels.BLOCK_SIZE + Kernels.vectorOf(lane);
        short sum = sums[(i - from) * Kernels.BLOCK_SIZE + lane];
        if (slot < count
            && sum < best.limit()
            && (accepted == null || accepted.get(ordOfSlot[slot]))) {
          best.add(sum, slot);
        }
      }
    }
  }
}
