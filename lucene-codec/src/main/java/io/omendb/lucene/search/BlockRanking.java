/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene.search;

import io.omendb.lucene.store.BlockStore;
import java.io.IOException;
import java.util.Arrays;
import org.apache.lucene.util.VectorUtil;

/**
 * The order in which a query probes blocks. Binary codes propose, over the graph or in a scan of
 * all of them; the proposed are put in order by the dot products of 8-bit representatives. The two
 * scales never mix: what is not proposed comes after all that is.
 */
final class BlockRanking {
  private final BlockStore store;
  private final BlockCosts costs;
  private final int blockCount;

  /** Keys of blocks, room for all of them. */
  private final long[] order;

  private int ranked;
  private boolean complete;

  private BlockRanking(BlockStore store, BlockCosts costs, long[] order) {
    this.store = store;
    this.costs = costs;
    this.blockCount = store.blockCount();
    this.order = order;
  }

  /**
   * Ranks the blocks near a query.
   *
   * @param wanted number of blocks to propose
   */
  static BlockRanking of(
      BlockStore store, BlockStore.Cursor cursor, Workspace workspace, int wanted)
      throws IOException {
    QueryTable table = workspace.table;
    BlockCosts costs = new BlockCosts(store, table);
    BlockRanking ranking = new BlockRanking(store, costs, workspace.keys(store.blockCount()));
    if (store.graph() != null && wanted < store.blockCount()) {
      int[] found = GraphWalk.nearest(store.graph(), costs::proposal, wanted);
      for (int i = 0; i < found.length; i++) {
        ranking.order[i] = found[i];
      }
      ranking.ranked = found.length;
    } else {
      ranking.scan(wanted);
    }
    ranking.rescore(cursor, table);
    return ranking;
  }

  /** Orders all blocks by binary codes as far as needed to know the {@code wanted} first. */
  private void scan(int wanted) {
    for (int block = 0; block < blockCount; block++) {
      order[block] = Selection.key(costs.proposal(block), block);
    }
    ranked = Math.min(wanted, blockCount);
    if (ranked < blockCount) {
      Selection.least(order, 0, blockCount, ranked);
    }
  }

  private void rescore(BlockStore.Cursor cursor, QueryTable table) throws IOException {
    float[] scales = store.representativeScales();
    byte[] representative = new byte[table.steps().length];
    for (int i = 0; i < ranked; i++) {
      int block = (int) order[i];
      cursor.readRepresentative(block, representative);
      float dot =
          table.scale() * scales[block] * VectorUtil.dotProduct(table.steps(), representative);
      order[i] = Selection.key(costs.refined(block, dot), block);
    }
    Arrays.sort(order, 0, ranked);
  }

  /** Block at a place of the order, or -1 when there are no more. */
  int block(int place) {
    if (place >= ranked && !complete) {
      addRest();
    }
    return place < ranked ? (int) order[place] : -1;
  }

  /** Appends the blocks that were not proposed, by their binary codes. */
  private void addRest() {
    complete = true;
    boolean[] proposed = new boolean[blockCount];
    for (int i = 0; i < ranked; i++) {
      proposed[(int) order[i]] = true;
    }
    int length = ranked;
    for (int block = 0; block < blockCount; block++) {
      if (!proposed[block]) {
        order[length++] = Selection.key(costs.proposal(block), block);
      }
    }
    Arrays.sort(order, ranked, length);
    ranked = length;
  }
}
