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
import java.util.Arrays;

/**
 * What a query expects to pay for the best vector of a block. The representatives of a block tell
 * it for distances. A dot product grows with the length of a vector, so that the best of a block
 * may lie far from its middle: the wider a block, the better it may be.
 */
final class BlockCosts {
  /** Share of the radius that the best vector of a block lies in the direction of the query. */
  private static final float REACH = 0.25f;

  /** Cost of a block that was not scored, above all others. */
  static final short UNKNOWN = Short.MAX_VALUE;

  /** Above every sum of a table. */
  private static final int MAX_SUM = Codebook.MAX_SUBSPACES * 255;

  private final RepresentativeCodes representatives;
  private final PageChoice choice;
  private final QueryTable table;
  private final BinaryCodes.Query query;
  private final float[] radii;

  /** Gain for each unit of radius. */
  private final float gain;

  BlockCosts(BlockStore store, QueryTable table) {
    this.representatives = store.representatives();
    this.table = table;
    query =
        store.graph() == null ? null : store.binaryCodes().query(table.rotated(), table.metric());
    radii = store.radii();
    gain =
        table.metric() == Metric.SQUARED_DISTANCE
            ? 0
            : REACH * (float) Math.sqrt(table.squaredLength());
    // What the radii of its blocks gain, a group does not tell, and a table that was made finer
    // than usual may cost as much as it can for means of groups, however near.
    boolean telling = gain == 0 && !table.isZoomed();
    choice = new PageChoice(telling ? store.groups() : null, store.blockCount());
  }

  /** Cost as the binary code of the mean of a block tells it, where there is a graph. */
  float proposal(int block) {
    return query.cost(block) - gain * radii[block];
  }

  /** Cost in steps of the table, as the codes of the representatives tell it. */
  int refined(int block) {
    return reached(block, representatives.cost(table.table(), block));
  }

  /** Costs of all blocks, as {@link #refined(int)} tells them. */
  void refined(Kernels kernels, Workspace workspace, short[] costs) {
    representatives.costs(kernels, table.table(), workspace.sums, workspace.below, costs);
    for (int block = 0; gain != 0 && block < radii.length; block++) {
      costs[block] = (short) reached(block, costs[block]);
    }
  }

  /**
   * Costs of the blocks that promise most, as {@link #refined(int)} tells them, {@link #UNKNOWN} of
   * the rest.
   *
   * @param likely blocks that a search probably does not exceed
   * @return whether all costs are known
   */
  boolean refined(Kernels kernels, Workspace workspace, short[] costs, int likely) {
    int size = choice.size(likely);
    if (size == RepresentativeCodes.pageCount(radii.length)) {
      refined(kernels, workspace, costs);
      return true;
    }
    long[] pages = choice.choose(kernels, workspace, size, costs);
    Arrays.fill(costs, 0, radii.length, UNKNOWN);
    for (int i = 0; i < size; i++) {
      representatives.costs(
          kernels, table.table(), (int) pages[i], workspace.sums, workspace.below, costs);
    }
    return false;
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
