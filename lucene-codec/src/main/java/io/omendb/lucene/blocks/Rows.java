/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene.blocks;

import io.omendb.lucene.quantize.CodeBuffer;
import io.omendb.lucene.quantize.Codebook;

/**
 * The vectors of a segment as their codes tell them: rotated, reconstructed, {@link #axes()} floats
 * each. Layout works on these, so it never reads raw vectors.
 */
record Rows(Codebook codebook, CodeBuffer codes) {
  int count() {
    return codes.count();
  }

  int axes() {
    return codebook.axes();
  }

  void read(int ord, float[] target, int offset) {
    codebook.decode(codes.page(ord), codes.offset(ord), target, offset);
  }
}
