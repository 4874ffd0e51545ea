/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene.quantize;

import io.omendb.lucene.simd.Kernels;
import java.io.IOException;

/** Encodes vectors against a codebook in batches; reuses its buffers, so one for each thread. */
public final class PqEncoder {
  /** Vectors rotated by one matrix product. */
  static final int BATCH = 32;

  private final Kernels kernels;
  private final Codebook codebook;
  private final float[] vectors;
  private final float[] rotated;
  private final float[] dots = new float[BATCH * Kernels.CENTROIDS];
  private final byte[] codes;

  /** Made when it is first needed. */
  private float[] rotation;

  private double squaredError;

  /** An encoder for one thread. */
  public PqEncoder(Kernels kernels, Codebook codebook) {
    this.kernels = kernels;
    this.codebook = codebook;
    this.vectors = new float[BATCH * codebook.dimension()];
    this.rotated = new float[BATCH * codebook.axes()];
    this.codes = new byte[BATCH * codebook.subspaces()];
  }

  /** Receives codes as they are made. */
  @FunctionalInterface
  public interface Sink {
    /**
     * Takes the code of an ordinal, {@code codes[offset]} to {@code codes[offset + subspaces - 1]}.
     */
    void accept(int ord, byte[] codes, int offset);
  }

  /** Encodes the vectors {@code ords[from]} to {@code ords[to - 1]} of a source. */
  public void encode(VectorSource source, int[] ords, int from, int to, Sink sink)
      throws IOException {
    for (int start = from; start < to; start += BATCH) {
      int rows = Math.min(BATCH, to - start);
      for (int row = 0; row < rows; row++) {
        source.read(ords[start + row], vectors, row * codebook.dimension());
      }
      encodeBatch(rows);
      for (int row = 0; row < rows; row++) {
        sink.accept(ords[start + row], codes, row * codebook.subspaces());
      }
    }
  }

  /**
   * Encodes vectors that are rotated already.
   *
   * @param vectors layout [row][axis]
   * @param rows at most {@link #BATCH}
   * @return codes, layout [row][subspace]; overwritten by the next call
   */
  public byte[] encodeRotated(float[] vectors, int rows) {
    System.arraycopy(vectors, 0, rotated, 0, rows * codebook.axes());
    encodeRotated(rows);
    return codes;
  }

  private void encodeBatch(int rows) {
    if (rotation == null) {
      rotation = codebook.rotation().matrix();
    }
    int dimension = codebook.dimension();
    codebook.centre(vectors, rows);
    kernels.multiply(vectors, 0, dimension, rows, dimension, rotation, 0, codebook.axes(), rotated);
    // Where no axis is dropped the rotation changes no length but for rounding, which may be more
    // than the error of the codes.
    squaredError +=
        codebook.axes() < dimension
            ? squaredLength(vectors, rows * dimension)
            : squaredLength(rotated, rows * dimension);
    encodeRotated(rows);
  }

  private void encodeRotated(int rows) {
    int axes = codebook.axes();
    int subspaces = codebook.subspaces();
    float[] norms = codebook.norms();
    for (int s = 0; s < subspaces; s++) {
      kernels.multiply(
          rotated,
          codebook.offset(s),
          axes,
          rows,
          codebook.width(s),
          codebook.centroids(),
          codebook.centroidsAt(s),
          Kernels.CENTROIDS,
          dots);
      for (int row = 0; row < rows; row++) {
        int dotsAt = row * Kernels.CENTROIDS;
        int normsAt = s * Kernels.CENTROIDS;
        int code = kernels.nearest(dots, dotsAt, norms, normsAt, Kernels.CENTROIDS);
        codes[row * subspaces + s] = (byte) code;
        // |x - c|^2 = |x|^2 - (2 x.c - |c|^2), and |x|^2 was counted above for all axes at once.
        squaredError += norms[normsAt + code] - 2 * dots[dotsAt + code];
      }
    }
  }

  /** Sum of squared reconstruction errors of all vectors encoded so far. */
  double squaredError() {
    return Math.max(0, squaredError);
  }

  private static double squaredLength(float[] values, int length) {
    double sum = 0;
    for (int i = 0; i < length; i++) {
      sum += values[i] * values[i];
    }
    return sum;
  }
}
