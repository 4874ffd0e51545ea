/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene.blocks;

import io.omendb.lucene.quantize.CodeBuffer;
import io.omendb.lucene.quantize.Codebook;
import io.omendb.lucene.quantize.Decoder;
import io.omendb.lucene.simd.Kernels;
import java.nio.ByteBuffer;

/**
 * The vectors of a segment as their codes tell them: rotated, reconstructed, {@link #axes()} floats
 * each. Layout works on these, so it never reads raw vectors.
 */
record Rows(Decoder decoder, CodeBuffer codes) {
  Rows(Codebook codebook, CodeBuffer codes) {
    this(new Decoder(codebook), codes);
  }

  int count() {
    return codes.count();
  }

  Codebook codebook() {
    return decoder.codebook();
  }

  int axes() {
    return codebook().axes();
  }

  /** A code, equal to those of the same bytes. */
  ByteBuffer code(int row) {
    return ByteBuffer.wrap(codes.page(row), codes.offset(row), codes.codeLength());
  }

  /**
   * Copies a code to the place of a vector in transposed codes, layout [block][subspace][vector].
   */
  void readCode(int row, byte[] blocks, int vector) {
    byte[] page = codes.page(row);
    int offset = codes.offset(row);
    int subspaces = codes.codeLength();
    int at =
        vector / Kernels.BLOCK_SIZE * subspaces * Kernels.BLOCK_SIZE + vector % Kernels.BLOCK_SIZE;
    for (int s = 0; s < subspaces; s++) {
      blocks[at + s * Kernels.BLOCK_SIZE] = page[offset + s];
    }
  }

  void read(int row, float[] target, int offset) {
    decoder.decode(codes.page(row), codes.offset(row), target, offset);
  }

  /** Writes the mean of some rows, at least one. */
  void mean(int[] members, float[] target, int offset) {
    double[] sums = new double[axes()];
    float[] row = new float[sums.length];
    for (int member : members) {
      read(member, row, 0);
      for (int axis = 0; axis < sums.length; axis++) {
        sums[axis] += row[axis];
      }
    }
    for (int axis = 0; axis < sums.length; axis++) {
      target[offset + axis] = (float) (sums[axis] / members.length);
    }
  }
}
