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

  /** Cost of a block that there is not, above all others. */
  static final short NONE = Short.MAX_VALUE;

  /** Above every sum of a table. */
  private static final int MAX_SUM = Codebook.MAX_SUBSPACES * 255;

  private final RepresentativeCodes representatives;
  private final GroupChoice choice;
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
    choice = new GroupChoice(telling ? store.groups() : null, store.blockCount());
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
   * Costs of the blocks of the groups that promise most, as {@link #refined(int)} tells them.
   *
   * @param costs receives them, layout [group][block], {@link #NONE} beyond the last block
   * @param chosen receives the numbers of these groups, ascending; left alone if they are all
   * @param likely blocks that a search probably does not exceed
   * @return how many groups these are
   */
  int refined(Kernels kernels, Workspace workspace, short[] costs, int[] chosen, int likely) {
    int size = choice.size(likely);
    int all = RepresentativeCodes.groupCount(radii.length);
    if (size == all) {
      refined(kernels, workspace, costs);
      return all;
    }
    choice.choose(kernels, workspace, size, costs, chosen);
    representatives.costs(
        kernels, table.table(), chosen, size, workspace.sums, workspace.below, costs);
    if (chosen[size - 1] == all - 1) {
      int missing = all * RepresentativeCodes.BLOCKS_PER_GROUP - radii.length;
      int end = size * RepresentativeCodes.BLOCKS_PER_GROUP;
      Arrays.fill(costs, end - missing, end, NONE);
    }
    return size;
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
