/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene.quantize;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.omendb.lucene.simd.Kernels;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TestCodebookTrainer {
  private final CodebookTrainer trainer = new CodebookTrainer(Kernels.best(), Parallel.SEQUENTIAL);

  private static void assertSame(Codebook expected, Codebook actual) {
    assertArrayEquals(expected.mean(), actual.mean());
    assertEquals(expected.rotation(), actual.rotation());
    assertArrayEquals(expected.offsets(), actual.offsets());
    assertEquals(expected.centroids(), actual.centroids());
    assertEquals(expected.error(), actual.error());
    assertEquals(expected.noise(), actual.noise());
    assertEquals(expected.trainedOn(), actual.trainedOn());
  }

  /** Mean squared length of the vectors after their mean is subtracted. */
  private static double totalVariance(ArrayVectors vectors) {
    int dimension = vectors.dimension();
    double total = 0;
    for (int d = 0; d < dimension; d++) {
      double sum = 0;
      double squares = 0;
      for (int i = d; i < vectors.rows().length; i += dimension) {
        sum += vectors.rows()[i];
        squares += (double) vectors.rows()[i] * vectors.rows()[i];
      }
      double mean = sum / vectors.size();
      total += squares / vectors.size() - mean * mean;
    }
    return total;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5, 31, 32, 33, 100, 300})
  void testAnyDimension(int dimension) throws IOException {
    ArrayVectors vectors = ArrayVectors.gaussian(600, dimension, dimension);
    Codebook codebook = trainer.train(vectors);
    assertEquals(dimension, codebook.dimension());
    assertEquals(Math.min(32, dimension), codebook.subspaces());
    assertEquals(Codebook.axes(dimension), codebook.axes());
    assertEquals(600, codebook.trainedOn());
    assertTrue(codebook.error() < 0.8 * totalVariance(vectors), "error " + codebook.error());
    // Rotated vectors have lost no length but that of dropped axes and of 8-bit rounding.
    float[] row = Arrays.copyOf(vectors.rows(), dimension);
    float[] rotated = new float[codebook.axes()];
    codebook.rotate(Kernels.best(), row, rotated);
    double before = ArrayVectors.squaredDistance(row, 0, new float[dimension], 0, dimension);
    double after =
        ArrayVectors.squaredDistance(rotated, 0, new float[rotated.length], 0, codebook.axes());
    assertEquals(1, after / before, dimension <= Codebook.MAX_AXES ? 0.01 : 0.35);
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 40})
  void testSameVectorsSameCodebook(int dimension) throws IOException {
    ArrayVectors vectors = ArrayVectors.gaussian(1100, dimension, 1);
    Codebook codebook = trainer.train(vectors);
    assertSame(codebook, trainer.train(vectors));
    assertSame(
        codebook,
        Threads.three(parallel -> new CodebookTrainer(Kernels.best(), parallel).train(vectors)));
  }

  /** With at most 256 different vectors, every one has centroids of its own. */
  @ParameterizedTest
  @ValueSource(ints = {1, 7, 256})
  void testFewVectorsAreKeptExactly(int count) throws IOException {
    ArrayVectors vectors = ArrayVectors.gaussian(count, 40, 2);
    assertEquals(0, trainer.train(vectors).error(), 1e-4);
  }

  @ParameterizedTest
  @ValueSource(floats = {0, 1, -3e10f, 1e-20f})
  void testIdenticalVectors(float value) throws IOException {
    ArrayVectors vectors = ArrayVectors.constant(500, 48, value);
    Codebook codebook = trainer.train(vectors);
    assertEquals(0, codebook.error());
    float[] rotated = new float[codebook.axes()];
    CodeBuffer codes = vectors.encode(codebook);
    new Decoder(codebook).decode(codes.page(499), codes.offset(499), rotated, 0);
    for (float component : rotated) {
      assertEquals(0, component, Math.abs(value) * 1e-5);
    }
  }

  @Test
  void testZeroVectorsAmongOthers() throws IOException {
    ArrayVectors vectors = ArrayVectors.gaussian(1000, 40, 3);
    Arrays.fill(vectors.rows(), 0, 900 * 40, 0);
    float error = trainer.train(vectors).error();
    assertTrue(error < 0.2 * totalVariance(vectors), "error " + error);
  }

  @Test
  void testErrorFallsWithStructure() throws IOException {
    ArrayVectors noise = ArrayVectors.gaussian(1200, 64, 4);
    ArrayVectors clustered = ArrayVectors.clustered(1200, 64, 50, 0.1, 4);
    double noiseShare = trainer.train(noise).error() / totalVariance(noise);
    double clusteredShare = trainer.train(clustered).error() / totalVariance(clustered);
    assertTrue(clusteredShare < 0.2 * noiseShare, clusteredShare + " against " + noiseShare);
  }

  /** The better the codes, the less do distances scatter; exact ones as the rotation is rounded. */
  @Test
  void testNoise() throws IOException {
    float noise = trainer.train(ArrayVectors.gaussian(1200, 64, 6)).noise();
    assertTrue(noise > 0.01, "noise " + noise);
    float lowNoise = trainer.train(ArrayVectors.clustered(1200, 64, 50, 0.1, 6)).noise();
    assertTrue(lowNoise < 0.5 * noise, lowNoise + " against " + noise);
    assertEquals(0, trainer.train(ArrayVectors.gaussian(200, 64, 6)).noise(), 0.02);
    assertEquals(0, trainer.train(ArrayVectors.constant(500, 64, 3)).noise());
    assertEquals(0, trainer.train(ArrayVectors.gaussian(1, 64, 6)).noise());
  }

  /** The rotation earns its keep against splitting the vector into runs of components. */
  @Test
  void testRotationBeatsPlainSplitting() throws IOException {
    ArrayVectors vectors = ArrayVectors.decaying(1200, 64, 0.94, 5);
    Codebook plain = plain(vectors);
    double rotated = trainer.error(trainer.train(vectors), vectors);
    double split = trainer.error(plain, vectors);
    assertTrue(rotated < 0.8 * split, rotated + " against " + split);
  }

  private static Codebook plain(ArrayVectors vectors) {
    int dimension = vectors.dimension();
    int width = dimension / Codebook.MAX_SUBSPACES;
    float[] identity = new float[dimension * dimension];
    int[] offsets = new int[Codebook.MAX_SUBSPACES + 1];
    float[] centroids = new float[dimension * Kernels.CENTROIDS];
    for (int d = 0; d < dimension; d++) {
      identity[d * dimension + d] = 1;
    }
    for (int s = 0; s < Codebook.MAX_SUBSPACES; s++) {
      offsets[s + 1] = offsets[s] + width;
      float[] trained =
          KMeans.train(
              Kernels.best(),
              vectors.rows(),
              offsets[s],
              dimension,
              vectors.size(),
              width,
              Kernels.CENTROIDS,
              10,
              s);
      System.arraycopy(trained, 0, centroids, offsets[s] * Kernels.CENTROIDS, trained.length);
    }
    return Codebooks.of(new float[dimension], identity, offsets, centroids);
  }
}
