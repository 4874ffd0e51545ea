/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.opensearch.mapper;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.lucene.index.VectorSimilarityFunction;

/** How two vectors of a field compare, by the names that a mapping may use. */
public enum Similarity {
  /** Angle; score (1 + cosine) / 2. */
  COSINE(VectorSimilarityFunction.COSINE, "cosinesimil"),

  /** Product of unit vectors; score (1 + product) / 2. */
  DOT_PRODUCT(VectorSimilarityFunction.DOT_PRODUCT),

  /** Euclidean distance; score 1 / (1 + distance squared). */
  L2(VectorSimilarityFunction.EUCLIDEAN),

  /** Product of vectors of any length; score 1 + product, or 1 / (1 - product) below zero. */
  MAX_INNER_PRODUCT(VectorSimilarityFunction.MAXIMUM_INNER_PRODUCT, "innerproduct");

  /** How far the squared length of a unit vector may be from one: more than floats round. */
  private static final double UNIT_TOLERANCE = 1e-4;

  private final VectorSimilarityFunction function;
  private final String spaceType;

  Similarity(VectorSimilarityFunction function) {
    this(function, null);
  }

  Similarity(VectorSimilarityFunction function, String spaceType) {
    this.function = function;
    this.spaceType = spaceType;
  }

  /** The similarity of a name, or of one of OpenSearch's space types. */
  static Similarity of(String name) {
    for (Similarity similarity : values()) {
      if (similarity.toString().equals(name) || name.equals(similarity.spaceType)) {
        return similarity;
      }
    }
    throw new IllegalArgumentException(
        "[similarity] must be one of " + names() + "; similarity=" + name);
  }

  /** All that {@link #of} takes. */
  static List<String> names() {
    return Arrays.stream(values())
        .flatMap(similarity -> Stream.of(similarity.toString(), similarity.spaceType))
        .filter(Objects::nonNull)
        .toList();
  }

  /** Lucene's function. */
  VectorSimilarityFunction function() {
    return function;
  }

  /** Rejects vectors that have no place in this similarity, or whose scores would not be finite. */
  void check(float[] vector, String what) {
    double square = 0;
    for (float value : vector) {
      square += (double) value * value;
    }
    if (square > Float.MAX_VALUE) {
      throw new IllegalArgumentException(
          what + " is too long for 32-bit arithmetic; length=" + Math.sqrt(square));
    }
    if (this == COSINE && square < Float.MIN_NORMAL) {
      throw new IllegalArgumentException(
          what + " must not be zero with similarity [cosine]; length=" + Math.sqrt(square));
    }
    if (this == DOT_PRODUCT && Math.abs(square - 1) > UNIT_TOLERANCE) {
      throw new IllegalArgumentException(
          what
              + " must have unit length with similarity [dot_product]; length="
              + Math.sqrt(square)
              + ". Normalize it, or use [cosine] or [max_inner_product]");
    }
  }

  /** The name in mappings. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
