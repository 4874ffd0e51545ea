/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene.search;

import io.omendb.lucene.blocks.RepresentativeCodes;
import io.omendb.lucene.simd.Kernels;

/**
 * Which groups of neighbouring blocks a search scores the blocks of. Of many blocks most are far
 * from any query, and scoring them all would grow as the segment does; what the groups cost tells
 * which are worth it.
 */
final class GroupChoice {
  /** Blocks scored for each that a search may come to. */
  private static final int SCORED_PER_LIKELY = 3;

  /** Share of the groups that are scored at least, as groups tell less than blocks. */
  private static final double LEAST_SHARE = 0.43;

  /** Groups to be left out at least; else choosing, and the blocks that make up, cost more. */
  private static final int LEAST_LEFT_OUT = 64;

  private final RepresentativeCodes groups;
  private final int groupCount;

  /**
   * A choice among the groups of some blocks.
   *
   * @param groups codes of the groups of the blocks, null to have all of them
   */
  GroupChoice(RepresentativeCodes groups, int blockCount) {
    this.groups = groups;
    groupCount = RepresentativeCodes.groupCount(blockCount);
  }

  /**
   * How many groups are worth scoring.
   *
   * @param likely blocks that a search probably does not exceed
   */
  int size(int likely) {
    long forLikely =
        Math.ceilDiv((long) SCORED_PER_LIKELY * likely, RepresentativeCodes.BLOCKS_PER_GROUP);
    long size = Math.max(forLikely, (long) Math.ceil(LEAST_SHARE * groupCount));
    return groups == null || size > groupCount - LEAST_LEFT_OUT ? groupCount : (int) size;
  }

  /**
   * Chooses the cheapest groups.
   *
   * @param size how many, less than all
   * @param costs room for {@link RepresentativeCodes#costsLength} costs of groups
   * @param chosen receives their numbers, ascending; as long as there are groups
   */
  void choose(Kernels kernels, Workspace workspace, int size, short[] costs, int[] chosen) {
    groups.costs(kernels, workspace.table.table(), workspace.sums, workspace.below, costs);
    long[] entries = workspace.sample(groupCount);
    for (int group = 0; group < groupCount; group++) {
      entries[group] = entry(costs, group);
    }
    Selection.least(entries, 0, groupCount, size);
    long greatest = entries[size - 1];
    int length = 0;
    for (int group = 0; group < groupCount; group++) {
      chosen[length] = group;
      length += entry(costs, group) <= greatest ? 1 : 0;
    }
  }

  /** With the group, so that no two are equal. */
  private static long entry(short[] costs, int group) {
    return (long) costs[group] << Integer.SIZE | group;
  }
}
