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
  public static final int BATCH = 64;

  private final Kernels kernels;
  private final Codebook codebook;
  private final float[] vectors;
  private final float[] rotated;
  private final float[] panel;

  /** Layout [axis][centroid]. */
  private final float[] centroids;

  /** Squared lengths of the centroids, layout [subspace][centroid]. */
  private final float[] norms;

  /** Centroids of a subspace. */
  private final int count;

  private final int[] nearest = new int[Kernels.PANEL_ROWS];
  private final float[] distances = new float[Kernels.PANEL_ROWS];
  private final byte[] codes;

  /** Made when it is first needed. */
  private float[] rotation;

  private double squaredError;

  /** An encoder for one thread. */
  public PqEncoder(Kernels kernels, Codebook codebook) {
    this(kernels, codebook, codebook.centroids().values(), codebook.norms());
  }

  /**
   * An encoder by some of the centroids only, for one thread; codes are places among these.
   *
   * @param chosen numbers of the centroids, as many of each subspace, layout [subspace][place]
   */
  public PqEncoder(Kernels kernels, Codebook codebook, byte[] chosen) {
    this(kernels, codebook, chosenValues(codebook, chosen), chosenNorms(codebook, chosen));
  }

  private PqEncoder(Kernels kernels, Codebook codebook, float[] centroids, float[] norms) {
    this.kernels = kernels;
    this.codebook = codebook;
    this.vectors = new float[BATCH * codebook.dimension()];
    this.rotated = new float[BATCH * codebook.axes()];
    this.centroids = centroids;
    this.norms = norms;
    this.count = norms.length / codebook.subspaces();
    this.codes = new byte[BATCH * codebook.subspaces()];
    int widest = 0;
    for (int s = 0; s < codebook.subspaces(); s++) {
      widest = Math.max(widest, codebook.width(s));
    }
    this.panel = new float[widest * Kernels.PANEL_ROWS];
  }

  private static float[] chosenValues(Codebook codebook, byte[] chosen) {
    int count = chosen.length / codebook.subspaces();
    float[] values = new float[codebook.axes() * count];
    for (int s = 0; s < codebook.subspaces(); s++) {
      for (int axis = codebook.offset(s); axis < codebook.offset(s) + codebook.width(s); axis++) {
        for (int i = 0; i < count; i++) {
          values[axis * count + i] = codebook.centroids().value(axis, chosen[s * count + i] & 0xFF);
        }
      }
    }
    return values;
  }

  private static float[] chosenNorms(Codebook codebook, byte[] chosen) {
    int count = chosen.length / codebook.subspaces();
    float[] norms = new float[chosen.length];
    for (int i = 0; i < norms.length; i++) {
      norms[i] = codebook.norms()[i / count * Kernels.CENTROIDS + (chosen[i] & 0xFF)];
    }
    return norms;
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
            ? UnitLength.squaredLength(vectors, 0, rows * dimension)
            : UnitLength.squaredLength(rotated, 0, rows * dimension);
    encodeRotated(rows);
  }

  private void encodeRotated(int rows) {
    for (int row = 0; row < rows; row += Kernels.PANEL_ROWS) {
      encodePanel(row, Math.min(Kernels.PANEL_ROWS, rows - row));
    }
  }

  private void encodePanel(int first, int rows) {
    int axes = codebook.axes();
    int subspaces = codebook.subspaces();
    for (int s = 0; s < subspaces; s++) {
      int width = codebook.width(s);
      KMeans.fillPanel(rotated, first * axes + codebook.offset(s), axes, rows, width, panel);
      kernels.nearest(
          panel,
          width,
          centroids,
          codebook.offset(s) * count,
          norms,
          s * count,
          count,
          nearest,
          distances);
      for (int row = 0; row < rows; row++) {
        codes[(first + row) * subspaces + s] = (byte) nearest[row];
        // |x - c|^2 less |x|^2, which was counted above for all axes at once.
        squaredError += distances[row];
      }
    }
  }

  /** Sum of squared reconstruction errors of all vectors encoded so far. */
  double squaredError() {
    return Math.max(0, squaredError);
  }
}
