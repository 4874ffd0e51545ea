/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.benchmarks;

import io.omendb.lucene.quantize.UnitLength;
import java.util.SplittableRandom;

/**
 * A larger set made of a real one: each vector is a real row drawn at random with Gaussian noise on
 * it, scaled to unit length. It keeps the coarse structure of real embeddings, not the fine one:
 * the nearest neighbours of a vector are copies of the same row. Good for how things grow, not for
 * recall as such.
 */
final class PerturbedSet {
  private static final long SEED = 1;

  private PerturbedSet() {}

  /**
   * Draws vectors.
   *
   * @param noise length of the noise as a share of the length of the vector
   */
  static float[][] draw(float[][] base, int count, double noise) {
    SplittableRandom random = new SplittableRandom(SEED);
    float[][] drawn = new float[count][];
    Progress progress = new Progress("perturb", count);
    for (int i = 0; i < count; i++) {
      float[] vector = base[random.nextInt(base.length)].clone();
      double squares = 0;
      for (float value : vector) {
        squares += value * value;
      }
      double deviation = noise * Math.sqrt(squares / vector.length);
      for (int d = 0; d < vector.length; d++) {
        vector[d] += (float) random.nextGaussian(0, deviation);
      }
      UnitLength.scale(vector, 0, vector.length);
      drawn[i] = vector;
      progress.step(1);
    }
    progress.done();
    return drawn;
  }
}
