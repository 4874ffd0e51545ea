/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene.blocks;

import io.omendb.lucene.quantize.CodeBuffer;
import io.omendb.lucene.quantize.Codebook;
import io.omendb.lucene.quantize.Decoder;
import io.omendb.lucene.simd.Kernels;

/**
 * The vectors of a segment as their codes tell them: rotated, reconstructed, {@link #axes()} floats
 * each. Layout works on these, so it never reads raw vectors.
 *
 * @param ords the vectors that are rows, in order; null for all
 */
record Rows(Decoder decoder, CodeBuffer codes, int[] ords) {
  Rows(Codebook codebook, CodeBuffer codes) {
    this(new Decoder(codebook), codes, null);
  }

  /** Some of these rows, numbered anew. */
  Rows subset(int[] members) {
    int[] subset = members.clone();
    for (int i = 0; ords != null && i < subset.length; i++) {
      subset[i] = ords[subset[i]];
    }
    return new Rows(decoder, codes, subset);
  }

  int count() {
    return ords == null ? codes.count() : ords.length;
  }

  Codebook codebook() {
    return decoder.codebook();
  }

  int axes() {
    return codebook().axes();
  }

  /**
   * Copies a code to the place of a vector in transposed codes, layout [block][subspace][vector].
   */
  void readCode(int row, byte[] blocks, int vector) {
    int ord = ords == null ? row : ords[row];
    byte[] page = codes.page(ord);
    int offset = codes.offset(ord);
    int subspaces = codes.codeLength();
    int at =
        vector / Kernels.BLOCK_SIZE * subspaces * Kernels.BLOCK_SIZE + vector % Kernels.BLOCK_SIZE;
    for (int s = 0; s < subspaces; s++) {
      blocks[at + s * Kernels.BLOCK_SIZE] = page[offset + s];
    }
  }

  void read(int row, float[] target, int offset) {
    int ord = ords == null ? row : ords[row];
    decoder.decode(codes.page(ord), codes.offset(ord), target, offset);
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
