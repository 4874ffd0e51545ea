/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene;

import org.apache.lucene.search.knn.KnnSearchStrategy;

/**
 * How deep one query goes, where the segments' own {@link OmenVectorsOptions#searchDepth} is not
 * wanted. Given to Lucene's query as its strategy; segments of other formats are searched as with
 * Lucene's default one:
 *
 * <pre>
 * new KnnFloatVectorQuery("v", query, 10, filter, new SearchDepth(2))
 * </pre>
 */
public final class SearchDepth extends KnnSearchStrategy.Hnsw {
  /** Least factor. */
  public static final float MIN = 0.1f;

  /** Greatest factor. */
  public static final float MAX = 100;

  private final float factor;

  /**
   * A depth.
   *
   * @param factor on the blocks that are scanned and the raw vectors that are read, in [0.1, 100];
   *     1 is meant for recall@10 of 0.95 and better on text embeddings
   */
  public SearchDepth(float factor) {
    super(Hnsw.DEFAULT.filteredSearchThreshold());
    this.factor = checked("factor", factor);
  }

  static float checked(String name, float factor) {
    if (!(factor >= MIN && factor <= MAX)) {
      throw new IllegalArgumentException(name + " must be in [0.1, 100]; " + name + "=" + factor);
    }
    return factor;
  }

  /** The factor of a search: that of its strategy, or the default. */
  static float of(KnnSearchStrategy strategy, float defaultFactor) {
    if (strategy instanceof Seeded seeded) {
      return of(seeded.originalStrategy(), defaultFactor);
    }
    return strategy instanceof SearchDepth depth ? depth.factor : defaultFactor;
  }

  /** Factor on the default depth. */
  public float factor() {
    return factor;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SearchDepth depth && depth.factor == factor;
  }

  @Override
  public int hashCode() {
    return Float.hashCode(factor);
  }

  @Override
  public String toString() {
    return "SearchDepth(" + factor + ")";
  }
}
