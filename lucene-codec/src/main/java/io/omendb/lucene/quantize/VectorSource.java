/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene.quantize;

import java.io.IOException;

/** Random access to raw vectors as the floats that training and encoding see. */
public interface VectorSource {
  /** Number of vectors. */
  int size();

  /** Components of a vector. */
  int dimension();

  /**
   * Copies a vector.
   *
   * @param ord ordinal, in {@code [0, size())}
   * @param target receives {@link #dimension()} floats from {@code offset} on
   */
  void read(int ord, float[] target, int offset) throws IOException;

  /** An independent view for another thread. */
  VectorSource copy() throws IOException;
}
