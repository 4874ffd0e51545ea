/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.opensearch.query;

import java.io.IOException;
import java.util.Arrays;
import java.util.Objects;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.DoubleValues;
import org.apache.lucene.search.DoubleValuesSource;
import org.apache.lucene.search.IndexSearcher;

/** The score of every document that is looked at: of nested documents in their parent's hit. */
final class ExactScores extends DoubleValuesSource {
  private final String field;
  private final float[] vector;

  ExactScores(String field, float[] vector) {
    this.field = field;
    this.vector = vector;
  }

  @Override
  public DoubleValues getValues(LeafReaderContext context, DoubleValues scores) throws IOException {
    return similarityToQueryVector(context, vector, field);
  }

  @Override
  public boolean needsScores() {
    return false;
  }

  @Override
  public DoubleValuesSource rewrite(IndexSearcher searcher) {
    return this;
  }

  @Override
  public boolean isCacheable(LeafReaderContext context) {
    return true;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ExactScores scores
        && scores.field.equals(field)
        && Arrays.equals(scores.vector, vector);
  }

  @Override
  public int hashCode() {
    return Objects.hash(field, Arrays.hashCode(vector));
  }

  @Override
  public String toString() {
    return "similarity(" + field + ")";
  }
}
