/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene.quantize;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TestSubspaceSplit {

  private static double[] decaying(int axes) {
    double[] variances = new double[axes];
    Arrays.setAll(variances, axis -> 100 * Math.pow(0.9, axis));
    return variances;
  }

  private static void assertValid(SubspaceSplit split, int axes, int subspaces) {
    assertEquals(subspaces + 1, split.offsets().length);
    assertEquals(0, split.offsets()[0]);
    assertEquals(axes, split.offsets()[subspaces]);
    for (int s = 0; s < subspaces; s++) {
      int width = split.offsets()[s + 1] - split.offsets()[s];
      assertTrue(width == axes / subspaces || width == (axes + subspaces - 1) / subspaces);
    }
    int[] sorted = split.order().clone();
    Arrays.sort(sorted);
    int[] all = new int[axes];
    Arrays.setAll(all, axis -> axis);
    assertArrayEquals(all, sorted);
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "5, 5", "32, 32", "33, 32", "63, 32", "100, 32", "256, 32", "7, 2"})
  void testPermutationOfNearlyEqualWidths(int axes, int subspaces) {
    assertValid(SubspaceSplit.balanced(decaying(axes), subspaces), axes, subspaces);
    assertValid(SubspaceSplit.balanced(new double[axes], subspaces), axes, subspaces);
    double[] half = decaying(axes);
    Arrays.fill(half, (axes + 1) / 2, axes, 0);
    assertValid(SubspaceSplit.balanced(half, subspaces), axes, subspaces);
  }

  /** How far the products of variances of the subspaces lie apart, as logarithms. */
  private static double imbalance(double[] variances, int[] order, int[] offsets) {
    double least = Double.POSITIVE_INFINITY;
    double most = Double.NEGATIVE_INFINITY;
    for (int s = 0; s + 1 < offsets.length; s++) {
      double share = 0;
      for (int position = offsets[s]; position < offsets[s + 1]; position++) {
        share += Math.log(variances[order[position]]);
      }
      least = Math.min(least, share);
      most = Math.max(most, share);
    }
    return most - least;
  }

  @Test
  void testBalancesLogarithmsOfVariance() {
    double[] variances = decaying(128);
    SubspaceSplit split = SubspaceSplit.balanced(variances, 32);
    int[] inOrder = new int[128];
    Arrays.setAll(inOrder, axis -> axis);
    double balanced = imbalance(variances, split.order(), split.offsets());
    double plain = imbalance(variances, inOrder, split.offsets());
    assertTrue(balanced < 0.1 * plain, balanced + " against " + plain);
  }

  /** With as many axes as subspaces there is nothing to balance, whatever the variances. */
  @Test
  void testOneAxisEach() {
    int[] order = SubspaceSplit.balanced(decaying(32), 32).order();
    assertArrayEquals(SubspaceSplit.balanced(new double[32], 32).order(), order);
  }
}
