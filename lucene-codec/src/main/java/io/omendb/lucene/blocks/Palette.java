/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene.blocks;

import io.omendb.lucene.quantize.Codebook;
import io.omendb.lucene.quantize.KMeans;
import io.omendb.lucene.quantize.Parallel;
import io.omendb.lucene.simd.Kernels;
import java.io.IOException;
import java.util.Arrays;

/**
 * The centroids of a codebook that representatives are coded by, {@link Kernels#PALETTE} in each
 * subspace. Means lie in the middle of what vectors are spread over: so few centroids tell blocks
 * nearly as well as all 256, and their costs fit into one register instead of four.
 *
 * @param centroids their numbers in the codebook, layout [subspace][place]
 */
record Palette(byte[] centroids) {
  private static final int ITERATIONS = 6;
  private static final long SEED = 29;

  /**
   * Chooses the centroids nearest to a k-means of means.
   *
   * @param means rotated, layout [mean][axis], at least one
   */
  static Palette of(Kernels kernels, Parallel parallel, Codebook codebook, float[] means)
      throws IOException {
    float[] values = codebook.centroids().values();
    byte[] chosen = new byte[codebook.subspaces() * Kernels.PALETTE];
    int axes = codebook.axes();
    int count = means.length / axes;
    parallel.forRange(
        codebook.subspaces(),
        1,
        (s, end) -> {
          int width = codebook.width(s);
          float[] wanted =
              KMeans.train(
                  kernels,
                  means,
                  codebook.offset(s),
                  axes,
                  count,
                  width,
                  Kernels.PALETTE,
                  ITERATIONS,
                  SEED);
          choose(values, codebook.centroidsAt(s), width, wanted, chosen, s * Kernels.PALETTE);
        });
    return new Palette(chosen);
  }

  /**
   * Replaces each of the points wanted by the nearest centroid that is not taken yet, nor equal to
   * one that is. Where all are, the first fills what is left.
   */
  private static void choose(
      float[] values, int valuesAt, int width, float[] wanted, byte[] chosen, int chosenAt) {
    boolean[] taken = new boolean[Kernels.CENTROIDS];
    for (int i = 0; i < Kernels.PALETTE; i++) {
      int nearest = -1;
      float least = Float.POSITIVE_INFINITY;
      for (int c = 0; c < Kernels.CENTROIDS; c++) {
        float distance = 0;
        for (int axis = 0; axis < width; axis++) {
          float difference =
              values[valuesAt + axis * Kernels.CENTROIDS + c] - wanted[axis * Kernels.PALETTE + i];
          distance += difference * difference;
        }
        if (!taken[c] && (nearest < 0 || distance < least)) {
          least = distance;
          nearest = c;
        }
      }
      chosen[chosenAt + i] = (byte) Math.max(0, nearest);
      for (int c = 0; nearest >= 0 && c < Kernels.CENTROIDS; c++) {
        taken[c] |= areEqual(values, valuesAt, width, c, nearest);
      }
    }
  }

  private static boolean areEqual(float[] values, int valuesAt, int width, int c, int other) {
    boolean equal = true;
    for (int axis = 0; axis < width; axis++) {
      int row = valuesAt + axis * Kernels.CENTROIDS;
      equal &= values[row + c] == values[row + other];
    }
    // One that is no number is at least not chosen again.
    return equal || c == other;
  }

  @Override
  public boolean equals(Object object) {
    return object instanceof Palette other && Arrays.equals(centroids, other.centroids);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(centroids);
  }

  /** Bytes of a palette of so many subspaces. */
  static int length(int subspaces) {
    return subspaces * Kernels.PALETTE;
  }

  /** Number of the centroid at a place of a subspace. */
  byte centroid(int subspace, byte place) {
    return centroids[subspace * Kernels.PALETTE + place];
  }
}
