/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene.search;

import io.omendb.lucene.blocks.BinaryCodes;
import io.omendb.lucene.blocks.RepresentativeCodes;
import io.omendb.lucene.quantize.Metric;
import io.omendb.lucene.simd.Kernels;
import io.omendb.lucene.store.BlockStore;

/**
 * What a query expects to pay for the best vector of a block: what the best of its means costs, and
 * something for how the others lie. A dot product grows with the length of a vector, so that the
 * best of a block may lie far from its middle: the wider a block, the better it may be. A distance
 * is less to vectors near the origin, which is the mean of all, than to others as far from a mean
 * of their block; such are near neighbours of many queries.
 */
final class BlockCosts {
  /** Share of the radius that the best vector of a block lies in the direction of the query. */
  private static final float REACH = 0.25f;

  /** Share of its excess that a block costs more. Measured on embeddings of words. */
  private static final float EXCESS_WEIGHT = 0.4f;

  private final Kernels kernels;
  private final RepresentativeCodes representatives;

  /** Partial costs of what representatives are coded by. */
  private final byte[] rankingTable;

  private final BinaryCodes.Query query;

  /** Of each block, what it is charged for: its excess, or its radius. */
  private final float[] extents;

  /** Cost of each unit of that, negative where it is a gain. */
  private final float charge;

  /** The same in steps of the table. */
  private final float chargedSteps;

  BlockCosts(Kernels kernels, BlockStore store, Workspace workspace) {
    this.kernels = kernels;
    this.representatives = store.representatives();
    QueryTable table = workspace.table;
    rankingTable = workspace.rankingTable;
    representatives.choose(kernels, table.table(), rankingTable);
    query =
        store.graph() == null ? null : store.binaryCodes().query(table.rotated(), table.metric());
    if (table.metric() == Metric.SQUARED_DISTANCE) {
      extents = representatives.excesses();
      charge = table.chargesExcess() ? EXCESS_WEIGHT : 0;
    } else {
      extents = store.radii();
      charge = -REACH * (float) Math.sqrt(table.squaredLength());
    }
    chargedSteps = table.steps(charge);
  }

  /** Cost as the binary code of the mean of a block tells it, where there is a graph. */
  float proposal(int block) {
    float cost = query.cost(block);
    return charge == 0 ? cost : cost + charge * extents[block];
  }

  /** Cost in steps of the table, as the codes of the representatives tell it. */
  int refined(int block) {
    return representatives.cost(rankingTable, block) + Kernels.charge(extents[block], chargedSteps);
  }

  /** Costs of all blocks, as {@link #refined(int)} tells them. */
  void refined(short[] costs) {
    representatives.costs(kernels, rankingTable, costs);
    if (chargedSteps != 0) {
      kernels.charge(extents, chargedSteps, costs);
    }
  }
}
