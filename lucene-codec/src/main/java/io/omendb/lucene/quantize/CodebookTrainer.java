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
 * Trains a {@link Codebook} on a bounded sample: principal axes, balanced subspaces, k-means in
 * each. Seeded: the same vectors give the same codebook, whatever the number of threads.
 */
public final class CodebookTrainer {
  /** Vectors trained on at most, 64 for each centroid. */
  private static final int MAX_SAMPLE = 64 * Kernels.CENTROIDS;

  /** Vectors on which the error of a codebook is estimated at most. */
  private static final int MAX_HELD_OUT = 1024;

  /** Fewer vectors than this are all trained on. */
  private static final int MIN_HELD_OUT = 4 * Kernels.CENTROIDS;

  /** One of this many vectors is held out of a small segment's sample. */
  private static final int HELD_OUT_SHARE = 8;

  /** Held-out vectors that one task encodes. */
  private static final int ENCODED = 256;

  /** Distances from each held-out vector that tell the noise. */
  private static final int NOISE_PAIRS = 8;

  /** Bound on the multiply-adds of a covariance matrix, a second or so of one core. */
  private static final double COVARIANCE_WORK = 1e10;

  private static final int MIN_COVARIANCE_SAMPLE = 1024;
  private static final int ITERATIONS = 10;
  private static final long SEED = 42;

  private final Kernels kernels;
  private final Parallel parallel;

  /** A trainer that uses the given threads. */
  public CodebookTrainer(Kernels kernels, Parallel parallel) {
    this.kernels = kernels;
    this.parallel = parallel;
  }

  /** Trains on a sample of {@code source}, which has at least one vector. */
  public Codebook train(VectorSource source) throws IOException {
    int dimension = source.dimension();
    int[] sample = trainingSample(source.size());
    int count = sample.length;
    float[] rows = new float[count * dimension];
    for (int i = 0; i < count; i++) {
      source.read(sample[i], rows, i * dimension);
    }
    float[] mean = subtractMean(rows, count, dimension);
    int axes = Codebook.axes(dimension);
    int forAxes =
        (int)
            Math.min(
                count,
                Math.max(
                    MIN_COVARIANCE_SAMPLE, COVARIANCE_WORK / ((double) dimension * dimension)));
    PrincipalAxes principal =
        PrincipalAxes.of(
            kernels, parallel, thinned(rows, count, dimension, forAxes), forAxes, dimension, axes);
    SubspaceSplit split =
        SubspaceSplit.balanced(principal.variances(), Codebook.subspaces(dimension));
    float[] matrix = new float[dimension * axes];
    for (int position = 0; position < axes; position++) {
      float[] axis = principal.axes()[split.order()[position]];
      for (int d = 0; d < dimension; d++) {
        matrix[d * axes + position] = axis[d];
      }
    }
    Rotation rotation = Rotation.of(matrix, axes);
    Centroids centroids =
        Centroids.of(trainCentroids(rows, count, dimension, rotation.matrix(), split.offsets()));
    Codebook codebook = new Codebook(mean, rotation, split.offsets(), centroids, count, 0, 0);
    return new Codebook(
        mean,
        rotation,
        split.offsets(),
        centroids,
        count,
        (float) error(codebook, source),
        noise(codebook, source));
  }

  /** Mean squared reconstruction error of a codebook on a sample of a source. */
  public double error(Codebook codebook, VectorSource source) throws IOException {
    int[] ords = heldOut(source);
    double[] errors = new double[Math.ceilDiv(ords.length, ENCODED)];
    parallel.forRange(
        ords.length,
        ENCODED,
        (from, to) -> {
          PqEncoder encoder = new PqEncoder(kernels, codebook);
          encoder.encode(source.copy(), ords, from, to, (ord, code, offset) -> {});
          errors[from / ENCODED] = encoder.squaredError();
        });
    return Arrays.stream(errors).sum() / ords.length;
  }

  /** Compares distances told by codes with true ones, each vector with the next few of a sample. */
  private float noise(Codebook codebook, VectorSource source) throws IOException {
    int dimension = codebook.dimension();
    int axes = codebook.axes();
    int[] ords = heldOut(source);
    float[] vectors = new float[ords.length * dimension];
    for (int i = 0; i < ords.length; i++) {
      source.read(ords[i], vectors, i * dimension);
    }
    float[] rotated = new float[ords.length * axes];
    codebook.centre(vectors, ords.length);
    kernels.multiply(
        vectors,
        0,
        dimension,
        ords.length,
        dimension,
        codebook.rotation().matrix(),
        0,
        axes,
        rotated);
    float[] decoded = new float[axes];
    Decoder decoder = new Decoder(codebook);
    double[] errors = new double[ords.length * NOISE_PAIRS];
    int[] coded = new int[1];
    new PqEncoder(kernels, codebook)
        .encode(
            source,
            ords,
            0,
            ords.length,
            (ord, code, offset) -> {
              int i = coded[0]++;
              decoder.decode(code, offset, decoded, 0);
              for (int pair = 0; pair < NOISE_PAIRS; pair++) {
                int j = (i + 1 + pair) % ords.length;
                double told = squaredDistance(rotated, j * axes, decoded, 0, axes);
                double real =
                    squaredDistance(vectors, j * dimension, vectors, i * dimension, dimension);
                errors[i * NOISE_PAIRS + pair] = real > 0 ? (told - real) / Math.sqrt(real) : 0;
              }
            });
    // Half of what two thirds of the errors span: a few outliers do not widen it.
    Arrays.sort(errors);
    return (float) (errors[errors.length * 5 / 6] - errors[errors.length / 6]) / 2;
  }

  private static int[] heldOut(VectorSource source) {
    return heldOut(source.size());
  }

  private static int[] heldOut(int size) {
    int wanted = Math.max(1, Math.min(MAX_HELD_OUT, size / HELD_OUT_SHARE));
    return KMeans.sample(new SplittableRandom(SEED + 1), size, wanted);
  }

  /** Vectors to train on; of few, also those on which the error is then estimated. */
  private static int[] trainingSample(int size) {
    int[] heldOut = size < MIN_HELD_OUT ? new int[0] : heldOut(size);
    int[] sample = KMeans.sample(new SplittableRandom(SEED), size, MAX_SAMPLE + heldOut.length);
    return Arrays.stream(sample)
        .filter(ord -> Arrays.binarySearch(heldOut, ord) < 0)
        .limit(MAX_SAMPLE)
        .toArray();
  }

  private static double squaredDistance(
      float[] a, int aOffset, float[] b, int bOffset, int length) {
    double sum = 0;
    for (int i = 0; i < length; i++) {
      double difference = a[aOffset + i] - b[bOffset + i];
      sum += difference * difference;
    }
    return sum;
  }

  private float[] trainCentroids(
      float[] rows, int count, int dimension, float[] rotation, int[] offsets) throws IOException {
    int axes = offsets[offsets.length - 1];
    float[] rotated = new float[count * axes];
    parallel.forRange(
        count,
        1024,
        (from, to) -> {
          float[] out = new float[(to - from) * axes];
          kernels.multiply(
              rows, from * dimension, dimension, to - from, dimension, rotation, 0, axes, out);
          System.arraycopy(out, 0, rotated, from * axes, out.length);
        });
    float[] centroids = new float[axes * Kernels.CENTROIDS];
    parallel.forRange(
        offsets.length - 1,
        1,
        (subspace, end) -> {
          int width = offsets[subspace + 1] - offsets[subspace];
          float[] trained =
              KMeans.train(
                  kernels,
                  rotated,
                  offsets[subspace],
                  axes,
                  count,
                  width,
                  Kernels.CENTROIDS,
                  ITERATIONS,
                  SEED + subspace);
          System.arraycopy(
              trained, 0, centroids, offsets[subspace] * Kernels.CENTROIDS, trained.length);
        });
    return centroids;
  }

  /** Every so manieth row, {@code wanted} in all. */
  private static float[] thinned(float[] rows, int count, int dimension, int wanted) {
    if (wanted == count) {
      return rows;
    }
    float[] thin = new float[wanted * dimension];
    for (int i = 0; i < wanted; i++) {
      int row = (int) ((long) i * count / wanted);
      System.arraycopy(rows, row * dimension, thin, i * dimension, dimension);
    }
    return thin;
  }

  private static float[] subtractMean(float[] rows, int count, int dimension) {
    double[] sums = new double[dimension];
    for (int i = 0; i < count; i++) {
      for (int d = 0; d < dimension; d++) {
        sums[d] += rows[i * dimension + d];
      }
    }
    float[] mean = new float[dimension];
    for (int d = 0; d < dimension; d++) {
      mean[d] = (float) (sums[d] / count);
    }
    for (int i = 0; i < count; i++) {
      for (int d = 0; d < dimension; d++) {
        rows[i * dimension + d] -= mean[d];
      }
    }
    return mean;
  }
}
