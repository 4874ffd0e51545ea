/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene.search;

import io.omendb.lucene.simd.Kernels;
import io.omendb.lucene.store.BlockStore;
import java.util.Arrays;
import org.apache.lucene.util.FixedBitSet;

/**
 * The order in which a query probes blocks: by the codes of their representatives. Of few blocks
 * all are scored in one sweep; of many, only those that the graph leads to, walked on binary codes.
 * What neither proposed comes after all that was. Blocks that a search hardly gets to are sorted
 * when it does.
 */
final class BlockRanking {
  /** Every so manieth block tells what the nearest of them cost. */
  private static final int SAMPLE_STEP = 16;

  /** Above the cost of every block. */
  private static final int NO_LIMIT = Short.MAX_VALUE;

  private final Kernels kernels;
  private final Workspace workspace;
  private final BlockStore store;
  private final int blockCount;

  /** Of each block a number that is not 0 if any of its vectors count, null for all. */
  private final long[] wanted;

  /** Blocks in their order, room for all of them. */
  private final int[] order;

  private int ranked;

  /** By the table that blocks were ranked with last. */
  private BlockCosts costs;

  /** Whether all blocks have been scored. */
  private boolean scored;

  /** Whether all blocks are in their order. */
  private boolean complete;

  private BlockRanking(Kernels kernels, BlockStore store, Workspace workspace, long[] wanted) {
    this.kernels = kernels;
    this.workspace = workspace;
    this.store = store;
    this.costs = new BlockCosts(kernels, store, workspace);
    this.blockCount = store.blockCount();
    this.wanted = wanted;
    this.order = workspace.order(blockCount);
  }

  /**
   * Ranks the blocks near a query.
   *
   * @param wanted a number for each block, null for all; blocks of which it is 0 are left out, and
   *     the graph is too, as it would lead to them
   * @param likely number of blocks that a search probably does not exceed
   */
  static BlockRanking of(
      Kernels kernels, BlockStore store, Workspace workspace, long[] wanted, int likely) {
    BlockRanking ranking = new BlockRanking(kernels, store, workspace, wanted);
    if (store.graph() != null && wanted == null && likely < store.blockCount()) {
      ranking.walk(likely);
    } else {
      ranking.scan(likely);
    }
    return ranking;
  }

  private void walk(int likely) {
    int[] found = GraphWalk.nearest(store.graph(), costs::proposal, likely);
    short[] cost = workspace.costs(blockCount);
    for (int i = 0; i < found.length; i++) {
      order[i] = found[i];
      cost[found[i]] = (short) costs.refined(found[i]);
    }
    // So that blocks of equal cost come in the order of the file.
    Arrays.sort(order, 0, found.length);
    ranked = found.length;
    workspace.byCost.sort(order, 0, ranked, cost);
  }

  private void scan(int likely) {
    short[] cost = score();
    int limit = limit(cost, likely);
    int length = kernels.placesUpTo(cost, blockCount, limit, order);
    if (wanted != null) {
      int kept = 0;
      for (int i = 0; i < length; i++) {
        order[kept] = order[i];
        kept += wanted[order[i]] != 0 ? 1 : 0;
      }
      length = kept;
    }
    ranked = length;
    complete = limit == NO_LIMIT;
    workspace.byCost.sort(order, 0, ranked, cost);
  }

  private short[] score() {
    short[] cost = workspace.costs(blockCount);
    costs.refined(cost);
    scored = true;
    return cost;
  }

  private boolean counts(int block) {
    return wanted == null || wanted[block] != 0;
  }

  /** What, by a sample, the {@code likely} nearest blocks cost at most; no limit for few blocks. */
  private int limit(short[] cost, int likely) {
    long[] sample = workspace.sample(blockCount / SAMPLE_STEP + 1);
    int size = 0;
    for (int block = 0; block < blockCount; block += SAMPLE_STEP) {
      // With the block, so that few are equal.
      sample[size] = (long) cost[block] << Integer.SIZE | block;
      size += counts(block) ? 1 : 0;
    }
    int rank = likely / SAMPLE_STEP + 1;
    if (rank >= size) {
      return NO_LIMIT;
    }
    Selection.least(sample, 0, size, rank);
    return (int) (sample[rank - 1] >> Integer.SIZE);
  }

  /**
   * Ranks all blocks anew once the table was made finer. Blocks of equal cost stay in their order:
   * such a table costs as much as it can for what is only a little farther than the nearest, and so
   * does it for blocks whose means are coded by other centroids than their vectors.
   */
  void refine() {
    if (!complete) {
      addRest();
    }
    costs = new BlockCosts(kernels, store, workspace);
    workspace.byCost.sort(order, 0, ranked, score());
  }

  /** Block at a place of the order, or -1 when there are no more. */
  int block(int place) {
    if (place >= ranked && !complete) {
      addRest();
    }
    return place < ranked ? order[place] : -1;
  }

  /** Appends the blocks that are not in the order yet. */
  private void addRest() {
    FixedBitSet present = new FixedBitSet(blockCount);
    for (int i = 0; i < ranked; i++) {
      present.set(order[i]);
    }
    short[] cost = scored ? workspace.costs(blockCount) : score();
    int length = ranked;
    for (int block = 0; block < blockCount; block++) {
      if (counts(block) && !present.get(block)) {
        order[length++] = block;
      }
    }
    workspace.byCost.sort(order, ranked, length, cost);
    ranked = length;
    complete = true;
  }
}
