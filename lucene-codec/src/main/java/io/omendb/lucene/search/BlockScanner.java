/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene.search;

import io.omendb.lucene.simd.Kernels;
import io.omendb.lucene.store.BlockStore;
import java.io.IOException;
import org.apache.lucene.util.Bits;

/** Scores codes and keeps the shortlist of one search. */
final class BlockScanner {
  /** Codes of a block scored one by one where no more of them are wanted. */
  private static final int MAX_SINGLE = 4;

  private final Kernels kernels;
  private final BlockStore store;
  private final BlockStore.Cursor cursor;
  private final Workspace workspace;

  /** How many results are wanted, 0 if that is not known. */
  private final int k;

  private Depth depth;

  /** Vectors of competitive cost, and how many of them the filter accepted. */
  private int competitive;

  private int accepted;

  private int blocks;
  private int codes;

  /**
   * A scanner for one search.
   *
   * @param k results wanted, or 0 when the collector does not tell
   */
  BlockScanner(
      Kernels kernels, BlockStore store, BlockStore.Cursor cursor, Workspace workspace, int k) {
    this.kernels = kernels;
    this.store = store;
    this.cursor = cursor;
    this.workspace = workspace;
    this.k = k;
  }

  /**
   * Begins a new shortlist.
   *
   * @param candidates vectors that could be on it
   */
  void begin(Depth depth, int candidates) {
    this.depth = depth;
    competitive = 0;
    accepted = 0;
    workspace.shortlist.reset(Math.min(depth.maxRows(), candidates));
    workspace.best.reset(depth.strong());
  }

  /**
   * Scores the codes of a block.
   *
   * @param wanted vectors of the block that count, at least one
   * @param acceptOrds ordinals that count, null for all
   * @return whether one of them is among the strong
   */
  boolean scan(int block, long wanted, Bits acceptOrds) throws IOException {
    cursor.readBlock(block, workspace.block);
    blocks++;
    codes += Long.bitCount(wanted);
    boolean newcomer =
        Long.bitCount(wanted) <= MAX_SINGLE
            ? addSingly(block, wanted, acceptOrds)
            : addAll(block, wanted, acceptOrds);
    if (newcomer && k > 0) {
      // What could be reranked in the end, if the best so far stay the best.
      workspace.shortlist.lowerLimit(1 + bound(workspace.best.greatest()));
    }
    return newcomer;
  }

  private boolean addAll(int block, long wanted, Bits acceptOrds) throws IOException {
    short[] sums = workspace.sums;
    long below =
        kernels.scan(
            workspace.table.table(),
            workspace.block,
            0,
            store.codebook().subspaces(),
            sums,
            workspace.shortlist.limit());
    boolean newcomer = false;
    for (long left = below; left != 0; left &= left - 1) {
      int lane = Long.numberOfTrailingZeros(left);
      int vector = Kernels.vectorOf(lane);
      if ((wanted >>> vector & 1) != 0) {
        newcomer |= add(sums[lane], block * Kernels.BLOCK_SIZE + vector, acceptOrds);
      }
    }
    return newcomer;
  }

  private boolean addSingly(int block, long wanted, Bits acceptOrds) throws IOException {
    byte[] table = workspace.table.table();
    int subspaces = store.codebook().subspaces();
    boolean newcomer = false;
    for (long left = wanted; left != 0; left &= left - 1) {
      int vector = Long.numberOfTrailingZeros(left);
      int cost = 0;
      for (int s = 0; s < subspaces; s++) {
        int code = workspace.block[s * Kernels.BLOCK_SIZE + vector] & 0xFF;
        cost += table[s * Kernels.CENTROIDS + code] & 0xFF;
      }
      newcomer |= add(cost, block * Kernels.BLOCK_SIZE + vector, acceptOrds);
    }
    return newcomer;
  }

  /** Puts a vector on the shortlist if it can compete and the filter accepts it. */
  private boolean add(int cost, int slot, Bits acceptOrds) throws IOException {
    if (cost >= workspace.shortlist.limit()) {
      return false;
    }
    competitive++;
    if (acceptOrds != null && !acceptOrds.get(cursor.ordOfSlot(slot))) {
      return false;
    }
    accepted++;
    workspace.shortlist.add(cost, slot);
    return workspace.best.add(cost);
  }

  /**
   * How many vectors of competitive cost there are for each that the filter accepts; 1 and more.
   */
  double rejection() {
    return (competitive + 1.0) / (accepted + 1.0);
  }

  /** Blocks read so far, in all rounds. */
  int blocks() {
    return blocks;
  }

  /** Codes scored so far, in all rounds. */
  int codes() {
    return codes;
  }

  /**
   * Makes the table finer if it is too coarse to tell which vectors are the k best.
   *
   * @return whether all costs have changed, so that everything is to be scanned again
   */
  boolean zoom() {
    Shortlist shortlist = workspace.shortlist;
    if (k == 0
        || !workspace.table.isCoarse()
        || shortlist.length() <= Math.max(k, depth.minRows())) {
      return false;
    }
    shortlist.cut();
    return workspace.table.zoom(shortlist.cost(Math.min(k, shortlist.length())), depth.margin());
  }

  /**
   * Ends the shortlist: what may be among the k best stays, as far as the error of the codes lets
   * one tell; all of it, in order of cost, where k is not known.
   */
  Shortlist finish() {
    Shortlist shortlist = workspace.shortlist;
    shortlist.cut();
    if (k == 0) {
      shortlist.sort();
    } else if (shortlist.length() > depth.minRows()) {
      int kth = shortlist.cost(Math.min(k, shortlist.length()));
      shortlist.trim(bound(kth), depth.minRows());
    }
    return shortlist;
  }

  /** Greatest cost that is reranked when {@code cost} is that of the k-th best. */
  private int bound(int cost) {
    double bound = cost + depth.margin() * workspace.table.scatter(cost);
    return (int) Math.min(Shortlist.NO_LIMIT - 1, bound);
  }
}
