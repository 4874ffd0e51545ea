/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene.quantize;

import java.util.Arrays;

/**
 * Deals principal axes out to subspaces so that each gets about an equal share of the variance in
 * the logarithmic sense, which is what minimises the product-quantization error of Gaussian data.
 * Source: T. Ge et al., Optimized Product Quantization, CVPR 2013, section 3.2 (eigenvalue
 * allocation).
 *
 * @param order axis at each position, subspace after subspace
 * @param offsets first position of each subspace, and the number of axes at the end
 */
record SubspaceSplit(int[] order, int[] offsets) {

  /**
   * Splits axes.
   *
   * @param variances variance of each axis, descending
   * @param subspaces at most the number of axes
   */
  static SubspaceSplit balanced(double[] variances, int subspaces) {
    int axes = variances.length;
    int[] offsets = new int[subspaces + 1];
    for (int s = 0; s < subspaces; s++) {
      offsets[s + 1] = offsets[s] + axes / subspaces + (s < axes % subspaces ? 1 : 0);
    }
    double floor = Math.max(variances[0] * 1e-9, Double.MIN_NORMAL);
    double[] share = new double[subspaces];
    int[] filled = Arrays.copyOf(offsets, subspaces);
    int[] order = new int[axes];
    for (int axis = 0; axis < axes; axis++) {
      int least = -1;
      for (int s = 0; s < subspaces; s++) {
        if (filled[s] < offsets[s + 1] && (least < 0 || share[s] < share[least])) {
          least = s;
        }
      }
      order[filled[least]++] = axis;
      // Counted from above the floor, so that every axis adds to its subspace's share.
      share[least] += 1 + Math.log(Math.max(variances[axis], floor) / floor);
    }
    return new SubspaceSplit(order, offsets);
  }
}
