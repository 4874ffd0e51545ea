/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene.search;

import io.omendb.lucene.blocks.RepresentativeCodes;
import io.omendb.lucene.quantize.Codebook;
import io.omendb.lucene.simd.Kernels;

/** Everything that a search writes to, kept from one search to the next. */
final class Workspace {
  final QueryTable table;

  /** Blocks that are scanned at once. */
  final BlockBatch batch;

  /** Partial costs of the centroids that representatives are coded by. */
  final byte[] rankingTable;

  final short[] sums = new short[Kernels.SCAN_SIZE];
  final long[] below = new long[Kernels.SCAN_BLOCKS];
  final Shortlist shortlist = new Shortlist();

  /** The best, so many that a newcomer among them keeps the search going. */
  final BestCosts best = new BestCosts();

  /** The best, as many as results are wanted. */
  final BestCosts nearest = new BestCosts();

  final CountingSort byCost = new CountingSort();
  private short[] costs = new short[0];
  private int[] order = new int[0];
  private long[] sample = new long[0];

  Workspace(Kernels kernels, Codebook codebook) {
    table = new QueryTable(kernels, codebook);
    batch = new BlockBatch(codebook.subspaces());
    rankingTable = new byte[codebook.subspaces() * Kernels.PALETTE];
  }

  /** Room for a cost of each block, and as much more as scoring all needs, with anything in it. */
  short[] costs(int blockCount) {
    int length = RepresentativeCodes.costsLength(blockCount);
    if (costs.length < length) {
      costs = new short[length];
    }
    return costs;
  }

  /** Room for the numbers of all blocks, with anything in it. */
  int[] order(int blockCount) {
    if (order.length < blockCount) {
      order = new int[blockCount];
    }
    return order;
  }

  /** Room for so many costs, with anything in it. */
  long[] sample(int length) {
    if (sample.length < length) {
      sample = new long[length];
    }
    return sample;
  }
}
