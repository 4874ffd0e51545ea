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
    // What is reranked in any case is on the shortlist as long as it is among the strong.
    assert k == 0 || depth.minRows() <= depth.strong() : depth;
    this.depth = depth;
    competitive = 0;
    accepted = 0;
    workspace.shortlist.reset(Math.min(depth.maxRows(), candidates));
    workspace.best.reset(depth.strong());
    workspace.nearest.reset(k);
  }

  /**
   * Scores the codes of some blocks.
   *
   * @param acceptOrds ordinals that count, null for all
   * @return blocks of the batch after the last one that holds one of the strong; all if none does
   */
  int scan(BlockBatch batch, Bits acceptOrds) throws IOException {
    batch.read(cursor);
    blocks += batch.size();
    codes += batch.vectors();
    boolean singly = batch.mostOfBlock() <= MAX_SINGLE;
    if (!singly) {
      kernels.scan(
          workspace.table.table(),
          batch.codes(),
          0,
          store.codebook().subspaces(),
          workspace.shortlist.limit(),
          workspace.sums,
          workspace.below);
    }
    int quiet = 0;
    for (int i = 0; i < batch.size(); i++) {
      boolean newcomer = singly ? addSingly(batch, i, acceptOrds) : addAll(batch, i, acceptOrds);
      if (newcomer && k > 0) {
        workspace.shortlist.lowerLimit(competitiveLimit());
      }
      quiet = newcomer ? 0 : quiet + 1;
    }
    return quiet;
  }

  private boolean addAll(BlockBatch batch, int i, Bits acceptOrds) throws IOException {
    int slot = batch.block(i) * Kernels.BLOCK_SIZE;
    int firstLane = i * Kernels.BLOCK_SIZE;
    boolean newcomer = false;
    for (long left = workspace.below[i]; left != 0; left &= left - 1) {
      int lane = Long.numberOfTrailingZeros(left);
      int vector = Kernels.vectorOf(lane);
      if ((batch.wanted(i) >>> vector & 1) != 0) {
        newcomer |= add(workspace.sums[firstLane + lane], slot + vector, acceptOrds);
      }
    }
    return newcomer;
  }

  private boolean addSingly(BlockBatch batch, int i, Bits acceptOrds) throws IOException {
    byte[] table = workspace.table.table();
    byte[] codes = batch.codes();
    int subspaces = store.codebook().subspaces();
    boolean newcomer = false;
    for (long left = batch.wanted(i); left != 0; left &= left - 1) {
      int vector = Long.numberOfTrailingZeros(left);
      int cost = 0;
      int at = batch.offset(i) + vector;
      for (int s = 0; s < subspaces; s++) {
        int code = codes[at + s * Kernels.BLOCK_SIZE] & 0xFF;
        cost += table[s * Kernels.CENTROIDS + code] & 0xFF;
      }
      newcomer |= add(cost, batch.block(i) * Kernels.BLOCK_SIZE + vector, acceptOrds);
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
    if (k > 0) {
      workspace.nearest.add(cost);
    }
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
    return workspace.table.zoom(workspace.nearest.greatest(), depth.margin());
  }

  /**
   * Ends the shortlist: what may be among the k best stays, as far as the error of the codes lets
   * one tell; all of it, in order of cost, where k is not known.
   */
  Shortlist finish() {
    Shortlist shortlist = workspace.shortlist;
    if (k == 0) {
      shortlist.cut();
      shortlist.sort();
      return shortlist;
    }
    // Most entries are from before the best were known: one pass over them leaves few.
    shortlist.keepBelow(competitiveLimit());
    shortlist.cut();
    shortlist.trim(bound(workspace.nearest.greatest()), depth.minRows());
    return shortlist;
  }

  /**
   * Costs from this on are not reranked in the end, if the best so far stay the best: neither near
   * enough to the k-th of them, nor among those that are reranked in any case.
   */
  private int competitiveLimit() {
    return 1 + Math.max(bound(workspace.nearest.greatest()), workspace.best.greatest());
  }

  /** Greatest cost that is reranked when {@code cost} is that of the k-th best. */
  private int bound(int cost) {
    double bound = cost + depth.margin() * workspace.table.scatter(cost);
    // All can compete where the error of codes is no number.
    return bound < Shortlist.NO_LIMIT ? (int) bound : Shortlist.NO_LIMIT - 1;
  }
}
