/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene.quantize;

import io.omendb.lucene.simd.Kernels;

/**
 * Says whether two centroids are equally near to a vector but for rounding, so that encoders which
 * sum in different orders may name either. For one thread.
 */
public final class NearTies {
  /** Errors of a sum that are allowed, in units of the last place of a float. */
  private static final double ROUNDING = 16 * 0x1p-24;

  private final Codebook codebook;
  private final float[] rotation;
  private final float[] centroids;

  /** Centroids of a codebook. */
  public NearTies(Codebook codebook) {
    this.codebook = codebook;
    this.rotation = codebook.rotation().matrix();
    this.centroids = codebook.centroids().values();
  }

  /**
   * Compares two centroids of a subspace.
   *
   * <p>The squared distances of a vector x from a and b differ by (2x - a - b)(b - a). A component
   * of x is a sum of d products whose rounding errors add up to about sqrt(d) |x| units of the last
   * place, which a distance has |b - a| times; the distance itself is a sum of terms of at most
   * (|x| + |a| + |b|)^2 in the subspace.
   *
   * @param centred vector less the mean of the codebook, one value a dimension
   * @param one number of a centroid
   * @param other number of another
   * @return whether {@code one} is no farther than {@code other} but for that
   */
  public boolean asNear(float[] centred, int subspace, int one, int other) {
    int dimension = codebook.dimension();
    double squares = 0;
    for (float value : centred) {
      squares += (double) value * value;
    }
    double farther = 0;
    double apart = 0;
    double x = 0;
    double a = 0;
    double b = 0;
    for (int axis = codebook.offset(subspace); axis < codebook.offset(subspace + 1); axis++) {
      double component = 0;
      for (int d = 0; d < dimension; d++) {
        component += (double) centred[d] * rotation[d * codebook.axes() + axis];
      }
      double toOne = centroids[axis * Kernels.CENTROIDS + one];
      double toOther = centroids[axis * Kernels.CENTROIDS + other];
      farther += (2 * component - toOne - toOther) * (toOther - toOne);
      apart += (toOther - toOne) * (toOther - toOne);
      x += component * component;
      a += toOne * toOne;
      b += toOther * toOther;
    }
    double length = Math.sqrt(x) + Math.sqrt(a) + Math.sqrt(b);
    return farther <= ROUNDING * (Math.sqrt(dimension * squares * apart) + length * length);
  }
}
