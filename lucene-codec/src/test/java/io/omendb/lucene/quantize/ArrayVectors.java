/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene.quantize;

import io.omendb.lucene.simd.Kernels;
import java.io.IOException;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Vectors in memory for tests, with some ways to make them up.
 *
 * @param rows layout [vector][component]
 */
public record ArrayVectors(float[] rows, int dimension) implements VectorSource {

  /** Independent components of variance 1. */
  public static ArrayVectors gaussian(int count, int dimension, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] rows = new float[count * dimension];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = (float) random.nextGaussian();
    }
    return new ArrayVectors(rows, dimension);
  }

  /** Independent components, the standard deviation of each {@code decay} times the one before. */
  public static ArrayVectors decaying(int count, int dimension, double decay, long seed) {
    ArrayVectors vectors = gaussian(count, dimension, seed);
    for (int i = 0; i < vectors.rows.length; i++) {
      vectors.rows[i] *= (float) Math.pow(decay, i % dimension);
    }
    return vectors;
  }

  /** Gaussian clusters around Gaussian centres, in random order. */
  public static ArrayVectors clustered(
      int count, int dimension, int clusters, double spread, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    ArrayVectors centres = gaussian(clusters, dimension, seed + 1);
    float[] rows = new float[count * dimension];
    for (int i = 0; i < count; i++) {
      int centre = random.nextInt(clusters);
      for (int d = 0; d < dimension; d++) {
        rows[i * dimension + d] =
            centres.rows[centre * dimension + d] + (float) (spread * random.nextGaussian());
      }
    }
    return new ArrayVectors(rows, dimension);
  }

  /** The same value in all components of all vectors. */
  public static ArrayVectors constant(int count, int dimension, float value) {
    float[] rows = new float[count * dimension];
    Arrays.fill(rows, value);
    return new ArrayVectors(rows, dimension);
  }

  @Override
  public int size() {
    return rows.length / dimension;
  }

  @Override
  public void read(int ord, float[] target, int offset) {
    System.arraycopy(rows, ord * dimension, target, offset, dimension);
  }

  @Override
  public VectorSource copy() {
    return this;
  }

  /** All ordinals, ascending. */
  public int[] ords() {
    int[] ords = new int[size()];
    Arrays.setAll(ords, ord -> ord);
    return ords;
  }

  /** Codes of all vectors. */
  public CodeBuffer encode(Codebook codebook) throws IOException {
    CodeBuffer codes = new CodeBuffer(size(), codebook.subspaces());
    new PqEncoder(Kernels.best(), codebook).encode(this, ords(), 0, size(), codes::set);
    return codes;
  }

  /** A codebook trained on all vectors. */
  public Codebook train() throws IOException {
    return new CodebookTrainer(Kernels.best(), Parallel.SEQUENTIAL).train(this);
  }

  /** Squared distance of two vectors that stand in arrays. */
  public static double squaredDistance(float[] a, int aAt, float[] b, int bAt, int length) {
    double sum = 0;
    for (int i = 0; i < length; i++) {
      double difference = (double) a[aAt + i] - b[bAt + i];
      sum += difference * difference;
    }
    return sum;
  }
}
