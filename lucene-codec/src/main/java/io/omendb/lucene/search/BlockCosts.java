/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene.search;

import io.omendb.lucene.blocks.BinaryCodes;
import io.omendb.lucene.quantize.Metric;
import io.omendb.lucene.store.BlockStore;

/**
 * What a query expects to pay for the best vector of a block. The mean of a block tells it for
 * distances. A dot product grows with the length of a vector, so that the best of a block may lie
 * far from its mean: the wider a block, the better it may be.
 */
final class BlockCosts {
  /** Share of the radius that the best vector of a block lies in the direction of the query. */
  private static final float REACH = 0.25f;

  private final BinaryCodes.Query query;
  private final boolean distance;
  private final float[] norms;
  private final float[] radii;

  /** Gain for each unit of radius. */
  private final float gain;

  BlockCosts(BlockStore store, QueryTable table) {
    query = store.binaryCodes().query(table.rotated(), table.metric());
    distance = table.metric() == Metric.SQUARED_DISTANCE;
    norms = store.representativeNorms();
    radii = store.radii();
    gain = distance ? 0 : REACH * (float) Math.sqrt(table.squaredLength());
  }

  /** Cost as the binary code of a representative tells it. */
  float proposal(int block) {
    return query.cost(block) - gain * radii[block];
  }

  /**
   * Cost as its 8-bit form tells it.
   *
   * @param dot dot product of query and representative
   */
  float refined(int block, float dot) {
    return distance ? norms[block] - 2 * dot : -dot - gain * radii[block];
  }
}
