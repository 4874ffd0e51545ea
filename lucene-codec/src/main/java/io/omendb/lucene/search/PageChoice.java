/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene.search;

import io.omendb.lucene.blocks.RepresentativeCodes;
import io.omendb.lucene.simd.Kernels;

/**
 * Which pages of representatives a search scores. Of many blocks most are far from any query, and
 * scoring them all would grow as the segment does; what groups of neighbouring blocks cost tells
 * which pages are worth it.
 */
final class PageChoice {
  /** Blocks scored for each that a search may come to. */
  private static final int SCORED_PER_LIKELY = 3;

  /**
   * Pages to be left out at least: it takes time to choose, too, and a few more blocks after it.
   */
  private static final int LEAST_LEFT_OUT = 32;

  private final RepresentativeCodes groups;
  private final int groupCount;
  private final int pageCount;

  /**
   * A choice among the pages of some blocks.
   *
   * @param groups codes of the groups of the blocks, null to have all pages
   */
  PageChoice(RepresentativeCodes groups, int blockCount) {
    this.groups = groups;
    groupCount = RepresentativeCodes.groupCount(blockCount);
    pageCount = RepresentativeCodes.pageCount(blockCount);
  }

  /**
   * How many pages are worth scoring: at least half, as groups tell less than blocks.
   *
   * @param likely blocks that a search probably does not exceed
   */
  int size(int likely) {
    long forLikely =
        Math.ceilDiv((long) SCORED_PER_LIKELY * likely, RepresentativeCodes.BLOCKS_PER_PAGE);
    long size = Math.max(forLikely, Math.ceilDiv(pageCount, 2));
    return groups == null || size > pageCount - LEAST_LEFT_OUT ? pageCount : (int) size;
  }

  /**
   * Chooses the pages of the cheapest groups.
   *
   * @param size how many, at most all
   * @param costs room for {@link RepresentativeCodes#costsLength} costs of groups
   * @return pages in the lower halves of the first {@code size} entries, in no order
   */
  long[] choose(Kernels kernels, Workspace workspace, int size, short[] costs) {
    groups.costs(kernels, workspace.table.table(), workspace.sums, workspace.below, costs);
    long[] pages = workspace.sample(pageCount);
    for (int page = 0; page < pageCount; page++) {
      long least = Long.MAX_VALUE;
      int first = page * Kernels.SCAN_BLOCKS;
      for (int g = first; g < Math.min(groupCount, first + Kernels.SCAN_BLOCKS); g++) {
        least = Math.min(least, costs[g]);
      }
      pages[page] = least << Integer.SIZE | page;
    }
    Selection.least(pages, 0, pageCount, size);
    return pages;
  }
}
