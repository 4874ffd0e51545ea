/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene.quantize;

import io.omendb.lucene.simd.Kernels;
import java.util.Arrays;

/**
 * A product quantizer: centre, rotate onto the strongest axes, cut into subspaces, and name the
 * nearest of {@link Kernels#CENTROIDS} centroids in each. Immutable; a vector's code has one byte a
 * subspace. Source: H. Jégou, M. Douze, C. Schmid, Product Quantization for Nearest Neighbor
 * Search, PAMI 2011.
 */
public final class Codebook {
  /** Bytes of a code, for vectors of at least as many dimensions. */
  public static final int MAX_SUBSPACES = 32;

  /** Rotated components kept; the weakest axes of longer vectors carry no code. */
  public static final int MAX_AXES = 192;

  private final float[] mean;
  private final Rotation rotation;
  private final int[] offsets;
  private final Centroids centroids;
  private final float[] norms;

  private final int trainedOn;
  private final float error;
  private final float noise;
  private final int hash;

  /**
   * A trained codebook.
   *
   * @param mean subtracted from vectors first, one value a dimension
   * @param rotation onto orthonormal axes
   * @param offsets first axis of each subspace, and the number of axes at the end
   * @param centroids of all subspaces
   * @param trainedOn number of vectors in the training sample
   * @param error mean squared error of reconstruction on vectors held out of the sample
   * @param noise see {@link #noise()}
   */
  public Codebook(
      float[] mean,
      Rotation rotation,
      int[] offsets,
      Centroids centroids,
      int trainedOn,
      float error,
      float noise) {
    this.mean = mean;
    this.rotation = rotation;
    this.offsets = offsets;
    this.centroids = centroids;
    this.trainedOn = trainedOn;
    this.error = error;
    this.noise = noise;
    this.hash = 31 * centroids.hashCode() + Arrays.hashCode(mean);
    this.norms = new float[subspaces() * Kernels.CENTROIDS];
    float[] values = centroids.values();
    for (int s = 0; s < subspaces(); s++) {
      float[] squared = KMeans.squaredNorms(values, centroidsAt(s), width(s), Kernels.CENTROIDS);
      System.arraycopy(squared, 0, norms, s * Kernels.CENTROIDS, Kernels.CENTROIDS);
    }
  }

  /** Bytes of a code for vectors of a dimension. */
  public static int subspaces(int dimension) {
    return Math.min(MAX_SUBSPACES, dimension);
  }

  /** Rotated components kept of vectors of a dimension. */
  public static int axes(int dimension) {
    return Math.min(MAX_AXES, dimension);
  }

  /** Components of a raw vector. */
  public int dimension() {
    return mean.length;
  }

  /** Components of a rotated vector. */
  public int axes() {
    return offsets[offsets.length - 1];
  }

  /** Bytes of a code. */
  public int subspaces() {
    return offsets.length - 1;
  }

  /** First axis of a subspace. */
  public int offset(int subspace) {
    return offsets[subspace];
  }

  /** Axes of a subspace. */
  public int width(int subspace) {
    return offsets[subspace + 1] - offsets[subspace];
  }

  /** Number of vectors in the training sample. */
  public int trainedOn() {
    return trainedOn;
  }

  /** Mean squared error of reconstruction on vectors held out of the training sample. */
  public float error() {
    return error;
  }

  /**
   * How much distances that codes tell scatter: the standard deviation of the error of a squared
   * distance, divided by the distance, between vectors held out of the training sample.
   */
  public float noise() {
    return noise;
  }

  /** Mean of the training sample; not to be changed. */
  public float[] mean() {
    return mean;
  }

  /** Turns centred vectors onto the axes. */
  public Rotation rotation() {
    return rotation;
  }

  /** First axis of each subspace and the number of axes; not to be changed. */
  public int[] offsets() {
    return offsets;
  }

  /** Centroids of all subspaces; not to be changed. */
  public Centroids centroids() {
    return centroids;
  }

  /** Squared centroid lengths, layout [subspace][centroid]; not to be changed. */
  public float[] norms() {
    return norms;
  }

  /** Where a subspace begins among {@link #centroids()}. */
  public int centroidsAt(int subspace) {
    return offsets[subspace] * Kernels.CENTROIDS;
  }

  /** Subtracts the mean from vectors in place, layout [row][dimension]. */
  public void centre(float[] vectors, int rows) {
    centre(vectors, rows, 1);
  }

  /** Subtracts the mean times a factor. */
  public void centre(float[] vectors, int rows, float factor) {
    int dimension = dimension();
    for (int row = 0; row < rows; row++) {
      for (int d = 0; d < dimension; d++) {
        vectors[row * dimension + d] -= factor * mean[d];
      }
    }
  }

  /**
   * Rotates one vector.
   *
   * @param vector centred, unless only dot products matter, in which the mean is a constant
   * @param rotated receives a value for each axis
   */
  public void rotate(Kernels kernels, float[] vector, float[] rotated) {
    rotation.apply(kernels, vector, rotated);
  }

  /**
   * What a step of each axis of a centroid weighs in the costs of a vector.
   *
   * @param vectors rotated; the one at {@code offset} counts
   * @param dotWeight weight of the dot product of vector and centroid, negated
   * @param weights receives a value for each axis
   */
  public void weigh(float[] vectors, int offset, float dotWeight, float[] weights) {
    float[] scales = centroids.scales();
    for (int axis = 0; axis < weights.length; axis++) {
      weights[axis] = -dotWeight * vectors[offset + axis] * scales[axis];
    }
  }

  /**
   * Costs of the centroids of a subspace.
   *
   * @param weights see {@link #weigh}
   * @param normWeight weight of the squared lengths of centroids
   * @param costs layout [subspace][centroid]; those of the subspace are set
   * @param range receives the least and the greatest of them
   */
  public void costs(
      Kernels kernels,
      int subspace,
      float[] weights,
      float normWeight,
      float[] costs,
      float[] range) {
    kernels.costs(
        weights,
        offset(subspace),
        width(subspace),
        centroids.steps(),
        centroidsAt(subspace),
        norms,
        subspace * Kernels.CENTROIDS,
        normWeight,
        costs,
        range);
  }

  /** Bytes of its numbers as they are stored: mean, rotation, centroids. */
  public long bytes() {
    long floats = mean.length + 2L * axes();
    return floats * Float.BYTES
        + rotation.steps().length
        + (long) centroids.steps().length * Short.BYTES;
  }

  /** Codebooks are equal when their codes mean the same. */
  @Override
  public boolean equals(Object object) {
    return this == object
        || (object instanceof Codebook other
            && hash == other.hash
            && Arrays.equals(offsets, other.offsets)
            && Arrays.equals(mean, other.mean)
            && centroids.equals(other.centroids)
            && rotation.equals(other.rotation));
  }

  @Override
  public int hashCode() {
    return hash;
  }
}
