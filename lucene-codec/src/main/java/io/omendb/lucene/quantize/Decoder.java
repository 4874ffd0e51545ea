/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene.quantize;

import io.omendb.lucene.simd.Kernels;

/**
 * Replaces codes by the rotated vectors that they stand for. The components of a centroid lie
 * together here, as all of them are read at once, while a codebook has those of one axis together,
 * as many centroids are compared at once. Any number of threads may use it.
 */
public final class Decoder {
  private final Codebook codebook;

  /** Layout [subspace][centroid][axis of the subspace]. */
  private final float[] components;

  /** A decoder of the codes that a codebook makes; takes 1 KiB of heap for each axis. */
  public Decoder(Codebook codebook) {
    this.codebook = codebook;
    components = new float[codebook.axes() * Kernels.CENTROIDS];
    Centroids centroids = codebook.centroids();
    for (int s = 0; s < codebook.subspaces(); s++) {
      for (int c = 0; c < Kernels.CENTROIDS; c++) {
        int at = at(s, c);
        for (int i = 0; i < codebook.width(s); i++) {
          components[at + i] = centroids.value(codebook.offset(s) + i, c);
        }
      }
    }
  }

  private int at(int subspace, int centroid) {
    return codebook.centroidsAt(subspace) + centroid * codebook.width(subspace);
  }

  /** The codebook of the codes. */
  public Codebook codebook() {
    return codebook;
  }

  /**
   * Decodes one code.
   *
   * @param codes holds a byte for each subspace from {@code codeOffset} on
   * @param rotated receives a value for each axis from {@code rotatedOffset} on
   */
  public void decode(byte[] codes, int codeOffset, float[] rotated, int rotatedOffset) {
    for (int s = 0; s < codebook.subspaces(); s++) {
      int at = at(s, codes[codeOffset + s] & 0xFF);
      System.arraycopy(
          components, at, rotated, rotatedOffset + codebook.offset(s), codebook.width(s));
    }
  }
}
