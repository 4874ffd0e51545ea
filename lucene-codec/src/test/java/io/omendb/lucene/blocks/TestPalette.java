/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene.blocks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.omendb.lucene.quantize.ArrayVectors;
import io.omendb.lucene.quantize.Codebook;
import io.omendb.lucene.quantize.Parallel;
import io.omendb.lucene.simd.Kernels;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TestPalette {
  private static Set<Integer> numbers(Palette palette, int subspace) {
    Set<Integer> numbers = new HashSet<>();
    for (byte place = 0; place < Kernels.PALETTE; place++) {
      numbers.add(palette.centroid(subspace, place) & 0xFF);
    }
    return numbers;
  }

  /** Squared distance of a row to the nearest of some centroids of a subspace. */
  private static double error(Codebook codebook, float[] row, int subspace, Set<Integer> numbers) {
    float[] values = codebook.centroids().values();
    double least = Double.POSITIVE_INFINITY;
    for (int number : numbers) {
      double distance = 0;
      int first = codebook.offset(subspace);
      for (int axis = first; axis < first + codebook.width(subspace); axis++) {
        double difference = row[axis] - values[axis * Kernels.CENTROIDS + number];
        distance += difference * difference;
      }
      least = Math.min(least, distance);
    }
    return least;
  }

  /** The centroids are near the means: nearer than any 64 of them are on average. */
  @ParameterizedTest
  @ValueSource(ints = {3, 33, 100})
  void testSuitsTheMeans(int dimension) throws IOException {
    Codebook codebook = ArrayVectors.gaussian(4000, dimension, dimension).train();
    int axes = codebook.axes();
    float[] means = ArrayVectors.gaussian(500, axes, 7).rows();
    for (int i = 0; i < means.length; i++) {
      means[i] /= 4;
    }
    Palette palette = Palette.of(Kernels.best(), Parallel.SEQUENTIAL, codebook, means);
    Set<Integer> first = new HashSet<>();
    for (int number = 0; number < Kernels.PALETTE; number++) {
      first.add(number);
    }
    double error = 0;
    double ofFirst = 0;
    float[] row = new float[axes];
    for (int mean = 0; mean < 500; mean++) {
      System.arraycopy(means, mean * axes, row, 0, axes);
      for (int s = 0; s < codebook.subspaces(); s++) {
        Set<Integer> numbers = numbers(palette, s);
        assertEquals(Kernels.PALETTE, numbers.size(), "different centroids");
        error += error(codebook, row, s, numbers);
        ofFirst += error(codebook, row, s, first);
      }
    }
    assertTrue(error < .7 * ofFirst, error + " against " + ofFirst);
  }

  /** Of equal centroids one is enough, so that there is room for all that differ. */
  @Test
  void testEqualCentroidsAreTakenOnce() throws IOException {
    int places = 40;
    float[] rows = new float[4000];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = i % places;
    }
    Codebook codebook = new ArrayVectors(rows, 1).train();
    float[] values = codebook.centroids().values();
    Set<Float> different = new HashSet<>();
    for (float value : values) {
      different.add(value);
    }
    float[] means = new float[1000];
    for (int i = 0; i < means.length; i++) {
      means[i] = values[i % values.length];
    }
    Palette palette = Palette.of(Kernels.best(), Parallel.SEQUENTIAL, codebook, means);
    Set<Float> found = new HashSet<>();
    for (int number : numbers(palette, 0)) {
      found.add(values[number]);
    }
    assertTrue(different.size() <= Kernels.PALETTE, different.size() + " different");
    assertEquals(different, found);
  }

  /** Fewer means than centroids, and only one. */
  @ParameterizedTest
  @ValueSource(ints = {1, 5, 63})
  void testFewMeans(int count) throws IOException {
    Codebook codebook = ArrayVectors.gaussian(2000, 8, 1).train();
    float[] means = ArrayVectors.gaussian(count, codebook.axes(), 2).rows();
    Palette palette = Palette.of(Kernels.best(), Parallel.SEQUENTIAL, codebook, means);
    Set<Integer> all = new HashSet<>();
    for (int number = 0; number < Kernels.CENTROIDS; number++) {
      all.add(number);
    }
    float[] row = new float[codebook.axes()];
    for (int mean = 0; mean < count; mean++) {
      System.arraycopy(means, mean * row.length, row, 0, row.length);
      for (int s = 0; s < codebook.subspaces(); s++) {
        double best = error(codebook, row, s, all);
        assertTrue(error(codebook, row, s, numbers(palette, s)) < best + .1, "mean " + mean);
      }
    }
  }
}
