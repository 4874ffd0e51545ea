/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene.search;

import io.omendb.lucene.simd.Kernels;
import io.omendb.lucene.store.BlockStore;
import java.util.Arrays;

/**
 * The order in which a query probes blocks: by the codes of their representatives. Of few blocks
 * all are scored in one sweep; of many, only those that the graph leads to, walked on binary codes.
 * The two scales never mix: what the graph did not propose comes after all that it did.
 */
final class BlockRanking {
  private final Kernels kernels;
  private final Workspace workspace;
  private final BlockCosts costs;
  private final int blockCount;

  /** Blocks in their order, room for all of them. */
  private final int[] order;

  private int ranked;

  /** Which blocks the graph proposed, null if all blocks are in their order. */
  private boolean[] proposed;

  private BlockRanking(Kernels kernels, BlockStore store, Workspace workspace) {
    this.kernels = kernels;
    this.workspace = workspace;
    this.costs = new BlockCosts(store, workspace.table);
    this.blockCount = store.blockCount();
    this.order = workspace.order(blockCount);
  }

  /**
   * Ranks the blocks near a query.
   *
   * @param wanted number of blocks to propose
   */
  static BlockRanking of(Kernels kernels, BlockStore store, Workspace workspace, int wanted) {
    BlockRanking ranking = new BlockRanking(kernels, store, workspace);
    if (store.graph() != null && wanted < store.blockCount()) {
      ranking.walk(store, wanted);
    } else {
      ranking.scan();
    }
    return ranking;
  }

  private void walk(BlockStore store, int wanted) {
    int[] found = GraphWalk.nearest(store.graph(), costs::proposal, wanted);
    int[] cost = workspace.costs(blockCount);
    proposed = new boolean[blockCount];
    for (int i = 0; i < found.length; i++) {
      order[i] = found[i];
      cost[found[i]] = costs.refined(found[i]);
      proposed[found[i]] = true;
    }
    // So that blocks of equal cost come in the order of the file.
    Arrays.sort(order, 0, found.length);
    ranked = found.length;
    workspace.byCost.sort(order, 0, ranked, cost);
  }

  private void scan() {
    int[] cost = workspace.costs(blockCount);
    costs.refined(kernels, workspace, cost);
    for (int block = 0; block < blockCount; block++) {
      order[block] = block;
    }
    ranked = blockCount;
    workspace.byCost.sort(order, 0, ranked, cost);
  }

  /** Block at a place of the order, or -1 when there are no more. */
  int block(int place) {
    if (place >= ranked && proposed != null) {
      addRest();
    }
    return place < ranked ? order[place] : -1;
  }

  /** Appends the blocks that the graph did not propose. */
  private void addRest() {
    int[] cost = workspace.costs(blockCount);
    costs.refined(kernels, workspace, cost);
    int length = ranked;
    for (int block = 0; block < blockCount; block++) {
      if (!proposed[block]) {
        order[length++] = block;
      }
    }
    workspace.byCost.sort(order, ranked, length, cost);
    ranked = length;
    proposed = null;
  }
}
