/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.benchmarks;

import java.io.IOException;

/** Vectors in a file, of which any range can be read. */
interface Rows {
  /** Number of vectors. */
  int count();

  /** The vectors {@code from} to {@code to - 1}, all of one dimension. */
  float[][] read(int from, int to) throws IOException;
}
