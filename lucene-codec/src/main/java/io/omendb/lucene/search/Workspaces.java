/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene.search;

import io.omendb.lucene.quantize.Codebook;
import io.omendb.lucene.simd.Kernels;
import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;

/**
 * Workspaces at rest, one pool for each open codebook. A search takes one and puts it back, so
 * there are as many as there were searches at one time; the next segment of a query that shares the
 * codebook finds the table that the last one made.
 */
final class Workspaces {
  private static final Map<Codebook, WeakReference<Workspaces>> OPEN = new WeakHashMap<>();

  private final Kernels kernels;
  private final Codebook codebook;
  private final ConcurrentLinkedDeque<Workspace> idle = new ConcurrentLinkedDeque<>();

  private Workspaces(Kernels kernels, Codebook codebook) {
    this.kernels = kernels;
    this.codebook = codebook;
  }

  /** The pool of a codebook. */
  static Workspaces of(Kernels kernels, Codebook codebook) {
    synchronized (OPEN) {
      WeakReference<Workspaces> reference = OPEN.get(codebook);
      Workspaces pool = reference == null ? null : reference.get();
      if (pool == null) {
        pool = new Workspaces(kernels, codebook);
        OPEN.put(codebook, new WeakReference<>(pool));
      }
      return pool;
    }
  }

  /** A workspace for one search, one that has the table of the query if there is any. */
  Workspace take(float[] query) {
    for (Workspace workspace : idle) {
      if (workspace.table.isOf(query) && idle.remove(workspace)) {
        return workspace;
      }
    }
    Workspace workspace = idle.poll();
    return workspace != null ? workspace : new Workspace(kernels, codebook);
  }

  void giveBack(Workspace workspace) {
    idle.push(workspace);
  }
}
