/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.benchmarks;

import org.apache.lucene.util.Bits;

/** A bottom layer: finds the vectors whose codes are best, for one query at a time. */
public interface Shape {
  /** Name in tables. */
  String name();

  /** Seconds that one thread took to build it from codes or vectors. */
  double buildSeconds();

  /** Bytes a vector that searches read, apart from codes and raw vectors. */
  double indexBytes();

  /** Bytes a vector of codes, padding included. */
  double codeBytes();

  /**
   * Makes the shortlist of a query.
   *
   * @param query of unit length
   * @param accepted ordinals that may be found, null for all
   * @param width how far to look, in the shape's own unit
   * @param shortlist receives ordinals, its length is the number wanted
   * @return number of ordinals found
   */
  int search(float[] query, Bits accepted, int width, int[] shortlist);

  /** Codes scored since it was built. */
  long scored();
}
