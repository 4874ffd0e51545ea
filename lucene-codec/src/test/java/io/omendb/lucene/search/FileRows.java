/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene.search;

import org.apache.lucene.codecs.lucene95.HasIndexSlice;
import org.apache.lucene.index.FloatVectorValues;
import org.apache.lucene.store.IndexInput;

/** Rows of which only their place in a file is known. */
final class FileRows extends FloatVectorValues implements HasIndexSlice {
  private final int dimension;
  private final int count;
  private final IndexInput slice;

  FileRows(int dimension, int count, IndexInput slice) {
    this.dimension = dimension;
    this.count = count;
    this.slice = slice;
  }

  @Override
  public float[] vectorValue(int ord) {
    throw new AssertionError("not to be read");
  }

  @Override
  public FloatVectorValues copy() {
    return this;
  }

  @Override
  public int dimension() {
    return dimension;
  }

  @Override
  public int size() {
    return count;
  }

  @Override
  public IndexInput getSlice() {
    return slice;
  }
}
