/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene.blocks;

import io.omendb.lucene.quantize.Metric;

/**
 * One bit a component for each representative, and two floats that make distances estimated from
 * the bits unbiased. The query keeps four bits a component, so that a distance is a few bitwise
 * ands and bit counts. Source: J. Gao, C. Long, RaBitQ, SIGMOD 2024.
 *
 * <p>For a representative {@code r} around the centre {@code c} let {@code o = R(r - c)}, with
 * {@code R} a {@link SignRotation}, and {@code s} its signs. Then {@code <o, p>} is estimated by
 * {@code factor * <s, p>} with {@code factor = |o|^2 / <s, o>}.
 */
public final class BinaryCodes {
  /** Bits of a query component. */
  private static final int QUERY_BITS = 4;

  private final SignRotation rotation;
  private final int words;
  private final float[] centre;
  private final long[] bits;
  private final float[] squaredNorms;
  private final float[] factors;

  /**
   * Codes of representatives.
   *
   * @param axes components of a representative
   * @param centre components that are subtracted first, already rotated by {@link SignRotation}
   * @param bits signs, layout [representative][word], set bits for positive components
   * @param squaredNorms squared distance of each representative from the centre
   * @param factors see above
   */
  public BinaryCodes(int axes, float[] centre, long[] bits, float[] squaredNorms, float[] factors) {
    this.rotation = new SignRotation(axes);
    this.words = rotation.size() / Long.SIZE;
    this.centre = centre;
    this.bits = bits;
    this.squaredNorms = squaredNorms;
    this.factors = factors;
  }

  /** Quantizes representatives, layout [representative][axis]. */
  public static BinaryCodes of(float[] representatives, int axes) {
    int count = representatives.length / axes;
    float[] mean = new float[axes];
    for (int i = 0; i < representatives.length; i++) {
      mean[i % axes] += representatives[i] / count;
    }
    SignRotation rotation = new SignRotation(axes);
    int size = rotation.size();
    int words = size / Long.SIZE;
    float[] centre = new float[size];
    rotation.apply(mean, 0, centre);
    long[] bits = new long[count * words];
    float[] squaredNorms = new float[count];
    float[] factors = new float[count];
    float[] rotated = new float[size];
    for (int r = 0; r < count; r++) {
      rotation.apply(representatives, r * axes, rotated);
      double squares = 0;
      double absolutes = 0;
      for (int i = 0; i < size; i++) {
        float o = rotated[i] - centre[i];
        squares += o * o;
        absolutes += Math.abs(o);
        if (o > 0) {
          bits[r * words + i / Long.SIZE] |= 1L << i;
        }
      }
      squaredNorms[r] = (float) squares;
      factors[r] = absolutes == 0 ? 0 : (float) (squares / absolutes);
    }
    return new BinaryCodes(axes, centre, bits, squaredNorms, factors);
  }

  /** 64-bit words of the bits of one representative. */
  public static int words(int axes) {
    return new SignRotation(axes).size() / Long.SIZE;
  }

  /** Number of representatives. */
  public int count() {
    return factors.length;
  }

  /** Rotated centre; not to be changed. */
  public float[] centre() {
    return centre;
  }

  /** Signs, layout [representative][word]; not to be changed. */
  public long[] bits() {
    return bits;
  }

  /** Squared distances from the centre; not to be changed. */
  public float[] squaredNorms() {
    return squaredNorms;
  }

  /** Factors of the estimate; not to be changed. */
  public float[] factors() {
    return factors;
  }

  /** Bytes on the heap for each representative. */
  public static int bytesPerRepresentative(int axes) {
    return words(axes) * Long.BYTES + 2 * Float.BYTES;
  }

  /** A query against these codes. */
  public Query query(float[] rotatedQuery, Metric metric) {
    return new Query(rotatedQuery, metric);
  }

  /** Costs of one query; lower is nearer. */
  public final class Query {
    private final long[] planes = new long[QUERY_BITS * words];
    private final boolean distance;
    private final float step;
    private final float least;
    private final float sum;

    private Query(float[] query, Metric metric) {
      distance = metric == Metric.SQUARED_DISTANCE;
      float[] p = new float[rotation.size()];
      rotation.apply(query, 0, p);
      float min = Float.POSITIVE_INFINITY;
      float max = Float.NEGATIVE_INFINITY;
      float total = 0;
      for (int i = 0; i < p.length; i++) {
        // The part of the dot product that lies in the centre is the same for all.
        p[i] -= distance ? centre[i] : 0;
        min = Math.min(min, p[i]);
        max = Math.max(max, p[i]);
        total += p[i];
      }
      int levels = (1 << QUERY_BITS) - 1;
      least = min;
      sum = total;
      step = max > min ? (max - min) / levels : 1;
      for (int i = 0; i < p.length; i++) {
        int level = Math.min(levels, Math.round((p[i] - min) / step));
        for (int plane = 0; plane < QUERY_BITS; plane++) {
          planes[plane * words + i / Long.SIZE] |= (long) (level >> plane & 1) << i;
        }
      }
    }

    /** Cost of one representative. */
    public float cost(int representative) {
      int at = representative * words;
      int weighted = 0;
      int set = 0;
      for (int w = 0; w < words; w++) {
        long code = bits[at + w];
        set += Long.bitCount(code);
        weighted +=
            Long.bitCount(code & planes[w])
                + 2 * Long.bitCount(code & planes[words + w])
                + 4 * Long.bitCount(code & planes[2 * words + w])
                + 8 * Long.bitCount(code & planes[3 * words + w]);
      }
      // Signs are 2 * bit - 1.
      float product = 2 * (step * weighted + least * set) - sum;
      float dot = factors[representative] * product;
      return distance ? squaredNorms[representative] - 2 * dot : -dot;
    }
  }
}
