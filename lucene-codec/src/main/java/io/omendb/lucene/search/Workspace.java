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
  final byte[] block;
  final short[] sums = new short[Kernels.BLOCK_SIZE];
  final Shortlist shortlist = new Shortlist();
  final BestCosts best = new BestCosts();
  final CountingSort byCost = new CountingSort();
  private int[] costs = new int[0];
  private int[] order = new int[0];
  private long[] sample = new long[0];

  Workspace(Kernels kernels, Codebook codebook) {
    table = new QueryTable(kernels, codebook);
    block = new byte[codebook.subspaces() * Kernels.BLOCK_SIZE];
  }

  /** Room for a cost of each block, in whole groups, with anything in it. */
  int[] costs(int blockCount) {
    int length = RepresentativeCodes.groups(blockCount) * RepresentativeCodes.BLOCKS_PER_GROUP;
    if (costs.length < length) {
      costs = new int[length];
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
