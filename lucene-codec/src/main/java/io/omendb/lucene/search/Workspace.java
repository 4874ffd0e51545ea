/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene.search;

import io.omendb.lucene.quantize.Codebook;
import io.omendb.lucene.simd.Kernels;

/** Everything that a search writes to, kept from one search to the next. */
final class Workspace {
  final QueryTable table;
  final byte[] block;
  final short[] sums = new short[Kernels.BLOCK_SIZE];
  final Shortlist shortlist = new Shortlist();
  final BestCosts best = new BestCosts();
  private long[] keys = new long[0];

  Workspace(Kernels kernels, Codebook codebook) {
    table = new QueryTable(kernels, codebook);
    block = new byte[codebook.subspaces() * Kernels.BLOCK_SIZE];
  }

  /** Room for a key of each block, with anything in it. */
  long[] keys(int blockCount) {
    if (keys.length < blockCount) {
      keys = new long[blockCount];
    }
    return keys;
  }
}
