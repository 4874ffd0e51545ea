/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.benchmarks;

import static java.util.Locale.ROOT;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.FixedBitSet;

/** Filters that accept rows at random; the first accepts all. */
public final class RandomFilters {
  private static final long SEED = 3;

  private final int rows;
  private final List<Double> shares = new ArrayList<>();
  private final List<FixedBitSet> masks = new ArrayList<>();

  public RandomFilters(int rows, List<Double> shares) {
    this.rows = rows;
    this.shares.add(1.0);
    this.shares.addAll(shares);
    SplittableRandom random = new SplittableRandom(SEED);
    for (double share : this.shares) {
      FixedBitSet mask = new FixedBitSet(rows);
      for (int row = 0; row < rows; row++) {
        if (random.nextDouble() < share) {
          mask.set(row);
        }
      }
      masks.add(mask);
    }
  }

  public int count() {
    return shares.size();
  }

  public String name(int filter) {
    return filter == 0 ? "none" : String.format(ROOT, "%.1f %%", 100 * share(filter));
  }

  public double share(int filter) {
    return shares.get(filter);
  }

  /** Accepted rows, null for all. */
  public Bits accepted(int filter) {
    return filter == 0 ? null : masks.get(filter);
  }

  /** Filters that each row passes. */
  public int[][] filtersOfRow() {
    int[][] filtersOfRow = new int[rows][];
    for (int row = 0; row < rows; row++) {
      int each = row;
      filtersOfRow[row] = IntStream.range(0, count()).filter(f -> masks.get(f).get(each)).toArray();
    }
    return filtersOfRow;
  }
}
