/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.benchmarks.compare;

import java.io.Closeable;
import java.io.IOException;

/** An open index, for all threads. */
public interface PeerIndex extends Closeable {
  /** Searches, for one thread. */
  interface RowSearcher extends Closeable {
    /**
     * Finds rows near a query.
     *
     * @param filter null for none
     * @return at most k rows
     */
    int[] search(float[] query, int k, Setting setting, RowFilter filter) throws IOException;

    @Override
    void close() throws IOException;
  }

  RowSearcher searcher() throws IOException;

  IndexBytes bytes() throws IOException;

  int segments();
}
