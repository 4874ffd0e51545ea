/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene.search;

import io.omendb.lucene.quantize.Codebook;
import io.omendb.lucene.quantize.Metric;
import io.omendb.lucene.quantize.UnitLength;
import io.omendb.lucene.simd.Kernels;
import java.util.Arrays;

/**
 * A query as the codes of one codebook see it: rotated, and as a table of partial costs for each
 * subspace and centroid (asymmetric distance computation), in 8 bits. Segments that share a
 * codebook share the table, which is made anew only for another query.
 */
final class QueryTable {
  private static final int MAX_STEPS = 255;

  /** A table is not cut so far that its steps are finer than this share of the error of costs. */
  private static final double LEAST_STEP = 0.25;

  /** Dot products err with the length of a vector, and the best are longer than most. */
  private static final double LENGTHS = 1.25;

  /**
   * Weight of the squared length of what a code stands for, where vectors are known to have unit
   * length. With 1 costs are distances, with 0 dot products. Codes shorten vectors, the more the
   * less they tell of them, and a dot product with a shortened vector is too small; this much makes
   * up for it best on embeddings of texts and words.
   */
  private static final float UNIT_LENGTH_WEIGHT = 0.6f;

  /** Error of a codebook of unit vectors up to which its codes do not shorten them. */
  private static final float FAITHFUL = 0.01f;

  /** What that weight leaves of the error of distances. */
  private static final double UNIT_NOISE = 0.8;

  private final Kernels kernels;
  private final Codebook codebook;
  private final float[] query;
  private final float[] unit;
  private final float[] rotated;
  private final float[] costs;
  private final float[] minima;
  private final float[] maxima;
  private final float[] weights;
  private final float[] range = new float[2];
  private final TableSpan span = new TableSpan();

  /** 8-bit partial costs, layout [subspace][centroid]. */
  private final byte[] table;

  /** Deviation of a sum, in steps, that rounding each partial cost to whole steps leaves. */
  private final double rounding;

  /** Cost of a step of the table. */
  private float step;

  /** Squared distance, or negated dot product, that a sum of zero stands for. */
  private float origin;

  private Metric metric;
  private float lengthWeight;
  private boolean unitVectors;

  /** Whether codes shorten vectors of unit length. */
  private boolean shortened;

  /** Whether the table was made finer than it is made at first. */
  private boolean zoomed;

  QueryTable(Kernels kernels, Codebook codebook) {
    this.kernels = kernels;
    this.codebook = codebook;
    this.query = new float[codebook.dimension()];
    this.unit = new float[codebook.dimension()];
    this.rotated = new float[codebook.axes()];
    this.costs = new float[codebook.subspaces() * Kernels.CENTROIDS];
    this.minima = new float[codebook.subspaces()];
    this.maxima = new float[codebook.subspaces()];
    this.weights = new float[codebook.axes()];
    this.table = new byte[costs.length];
    this.rounding = Math.sqrt(minima.length / 12.0);
  }

  /**
   * Makes the table of a query.
   *
   * @param unitVectors whether the query is scaled to unit length first
   */
  void prepare(float[] target, Metric metric, boolean unitVectors) {
    if (isOf(target) && metric == this.metric && unitVectors == this.unitVectors) {
      if (zoomed) {
        quantizeCosts(metric);
      }
      return;
    }
    // Set again last: a table that was not finished is nobody's.
    this.metric = null;
    System.arraycopy(target, 0, query, 0, query.length);
    System.arraycopy(target, 0, unit, 0, unit.length);
    if (unitVectors) {
      UnitLength.scale(unit, 0, unit.length);
    }
    this.unitVectors = unitVectors;
    shortened = unitVectors && codebook.error() > FAITHFUL;
    lengthWeight = metric == Metric.DOT_PRODUCT ? 0 : shortened ? UNIT_LENGTH_WEIGHT : 1;
    codebook.centre(unit, 1, lengthWeight);
    codebook.rotate(kernels, unit, rotated);
    fillCosts(metric == Metric.DOT_PRODUCT ? 1 : 2);
    quantizeCosts(metric);
    this.metric = metric;
  }

  /** Whether this was last made for a query. */
  boolean isOf(float[] target) {
    return metric != null && Arrays.equals(target, query);
  }

  /** Partial costs up to a constant: the same for all vectors, so it orders nothing. */
  private void fillCosts(float dotWeight) {
    codebook.weigh(rotated, 0, dotWeight, weights);
    for (int s = 0; s < minima.length; s++) {
      codebook.costs(kernels, s, weights, lengthWeight, costs, range);
      minima[s] = range[0];
      maxima[s] = range[1];
    }
  }

  /**
   * One step for all subspaces, so that sums of steps compare; each counted from its own minimum.
   * What lies far beyond the usual costs the most there is, lest a few outliers, or one subspace
   * whose centroids lie in clusters far from each other, leave one step to all others.
   */
  private void quantizeCosts(Metric metric) {
    boolean distance = metric == Metric.SQUARED_DISTANCE;
    origin = distance ? (shortened ? unitOrigin() : squaredLength()) : 0;
    for (float minimum : minima) {
      origin += minimum;
    }
    quantizeCosts(span(distance));
    zoomed = false;
  }

  /**
   * What lies far beyond the usual is left out, but not of shortened vectors: their weight moves
   * the least cost away from them, and none of these is an outlier.
   */
  private float span(boolean distance) {
    if (!distance) {
      return span.ofDotProducts(costs, minima, maxima);
    }
    float least = (float) (MAX_STEPS * LEAST_STEP * distanceDeviation(origin));
    return shortened
        ? TableSpan.greatest(minima, maxima)
        : span.ofDistances(costs, minima, maxima, least);
  }

  private void quantizeCosts(float spanned) {
    step = spanned / MAX_STEPS;
    float factor = step > 0 ? 1 / step : 0;
    for (int s = 0; s < minima.length; s++) {
      kernels.quantize(costs, s * Kernels.CENTROIDS, Kernels.CENTROIDS, minima[s], factor, table);
    }
  }

  /** Whether the steps of the table may tell less than the codes do, near the query at least. */
  boolean isCoarse() {
    return rounding * step > deviation(0);
  }

  /**
   * Makes the table finer if its steps, and not the codes, are what leaves the best in the dark:
   * where near vectors lie much closer together than the centroids of a subspace. No vector with a
   * partial cost beyond what the finer table spans can be among the best.
   *
   * @param sum sum of the k-th best vector
   * @param margin deviations of the error of sums by which a better vector may be off
   * @return whether all sums have changed
   */
  boolean zoom(int sum, double margin) {
    double deviation = deviation(sum);
    float finer =
        (float) ((sum + rounding) * step + margin * Math.hypot(deviation, rounding * step));
    // Nor where one of them is no number, out of a damaged codebook.
    if (!(rounding * step > deviation && finer < step * MAX_STEPS / 2)) {
      return false;
    }
    quantizeCosts(finer);
    zoomed = true;
    return true;
  }

  /** For unit vectors |q - x|^2 = 2 - 2 q.x, and q.x is told by what the weight leaves. */
  private float unitOrigin() {
    float[] mean = codebook.mean();
    float squares = 0;
    float dot = 0;
    for (int d = 0; d < mean.length; d++) {
      squares += mean[d] * mean[d];
      // The mean was subtracted from the query in part.
      dot += (unit[d] + lengthWeight * mean[d]) * mean[d];
    }
    return 2 - lengthWeight + lengthWeight * squares - 2 * dot;
  }

  /**
   * Whether costs grow with the lengths of vectors, as distances do. Not of shortened vectors,
   * whose lengths weigh less; nor where the table was made finer, so that it costs the most there
   * is for nearly all means, and nothing else should order them.
   */
  boolean chargesExcess() {
    return metric == Metric.SQUARED_DISTANCE && !shortened && !zoomed;
  }

  /** Squared length of the rotated query. */
  float squaredLength() {
    float sum = 0;
    for (float value : rotated) {
      sum += value * value;
    }
    return sum;
  }

  /**
   * Scatter of sums: how far, in steps, the sum of a vector may be off that is as near as another.
   *
   * @param sum sum of the other
   */
  double scatter(int sum) {
    if (step == 0) {
      return 0;
    }
    double inSteps = deviation(sum) / step;
    return Math.sqrt(inSteps * inSteps + rounding * rounding);
  }

  /** Deviation of the error of the cost that a sum stands for. */
  private double deviation(int sum) {
    return metric == Metric.SQUARED_DISTANCE
        ? distanceDeviation(origin + sum * step)
        : LENGTHS * codebook.noise() * Math.sqrt(squaredLength());
  }

  /** With an error e along a distance d, a squared distance is off by 2de + e^2. */
  private double distanceDeviation(float squaredDistance) {
    double noise = (shortened ? UNIT_NOISE : 1) * codebook.noise();
    return noise * Math.sqrt(Math.max(0, squaredDistance) + noise * noise / 4);
  }

  /** A cost in steps of the table. */
  float steps(double cost) {
    return step == 0 ? 0 : (float) (cost / step);
  }

  /** 8-bit partial costs, layout [subspace][centroid]; not to be changed. */
  byte[] table() {
    return table;
  }

  /** The rotated query; not to be changed. */
  float[] rotated() {
    return rotated;
  }

  /** What the costs approximate. */
  Metric metric() {
    return metric;
  }
}
