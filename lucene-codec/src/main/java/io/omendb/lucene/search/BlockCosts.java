/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene.search;

import io.omendb.lucene.blocks.BinaryCodes;
import io.omendb.lucene.blocks.RepresentativeCodes;
import io.omendb.lucene.quantize.Codebook;
import io.omendb.lucene.quantize.Metric;
import io.omendb.lucene.simd.Kernels;
import io.omendb.lucene.store.BlockStore;

/**
 * What a query expects to pay for the best vector of a block. The representatives of a block tell
 * it for distances. A dot product grows with the length of a vector, so that the best of a block
 * may lie far from its middle: the wider a block, the better it may be.
 */
final class BlockCosts {
  /** Share of the radius that the best vector of a block lies in the direction of the query. */
  private static final float REACH = 0.25f;

  /** Above every sum of a table. */
  private static final int MAX_SUM = Codebook.MAX_SUBSPACES * 255;

  private final Kernels kernels;
  private final RepresentativeCodes representatives;

  /** Partial costs of what representatives are coded by. */
  private final byte[] rankingTable;

  private final QueryTable table;
  private final BinaryCodes.Query query;
  private final float[] radii;

  /** Gain for each unit of radius. */
  private final float gain;

  BlockCosts(Kernels kernels, BlockStore store, Workspace workspace) {
    this.kernels = kernels;
    this.representatives = store.representatives();
    this.table = workspace.table;
    rankingTable = workspace.rankingTable;
    representatives.choose(kernels, table.table(), rankingTable);
    query =
        store.graph() == null ? null : store.binaryCodes().query(table.rotated(), table.metric());
    radii = store.radii();
    gain =
        table.metric() == Metric.SQUARED_DISTANCE
            ? 0
            : REACH * (float) Math.sqrt(table.squaredLength());
  }

  /** Cost as the binary code of the mean of a block tells it, where there is a graph. */
  float proposal(int block) {
    return query.cost(block) - gain * radii[block];
  }

  /** Cost in steps of the table, as the codes of the representatives tell it. */
  int refined(int block) {
    return reached(block, representatives.cost(rankingTable, block));
  }

  /** Costs of all blocks, as {@link #refined(int)} tells them. */
  void refined(short[] costs) {
    representatives.costs(kernels, rankingTable, costs);
    for (int block = 0; gain != 0 && block < radii.length; block++) {
      costs[block] = (short) reached(block, costs[block]);
    }
  }

  private int reached(int block, int sum) {
    return gain == 0 ? sum : within(sum, table.steps(gain * radii[block]));
  }

  /**
   * A cost less what the radius of a block gains. Radii come from a file that may be damaged:
   * whatever they are, costs stay in a range that can be sorted by counting.
   */
  static int within(int sum, int steps) {
    return sum - Math.clamp(steps, 0, MAX_SUM);
  }
}
