/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.opensearch.mapper;

import io.omendb.lucene.OmenVectorsOptions;
import java.util.Map;
import org.apache.lucene.search.FieldExistsQuery;
import org.apache.lucene.search.Query;
import org.opensearch.index.mapper.MappedFieldType;
import org.opensearch.index.mapper.SourceValueFetcher;
import org.opensearch.index.mapper.TextSearchInfo;
import org.opensearch.index.mapper.ValueFetcher;
import org.opensearch.index.query.QueryShardContext;
import org.opensearch.index.query.QueryShardException;
import org.opensearch.search.lookup.SearchLookup;

/** What codec and queries know of a vector field. */
public final class OmenVectorFieldType extends MappedFieldType {
  private final int dimension;
  private final Similarity similarity;
  private final OmenVectorsOptions options;

  OmenVectorFieldType(
      String name,
      int dimension,
      Similarity similarity,
      OmenVectorsOptions options,
      Map<String, String> meta) {
    super(name, true, false, false, TextSearchInfo.NONE, meta);
    this.dimension = dimension;
    this.similarity = similarity;
    this.options = options;
  }

  /** Components of a vector. */
  int dimension() {
    return dimension;
  }

  /** How vectors compare. */
  Similarity similarity() {
    return similarity;
  }

  /** How segments are written. */
  public OmenVectorsOptions options() {
    return options;
  }

  /**
   * Throws {@link IllegalArgumentException} unless a vector of a document or a query fits.
   *
   * @param what names the vector in messages
   */
  public void check(float[] vector, String what) {
    if (vector.length != dimension) {
      throw new IllegalArgumentException(
          what + " has " + vector.length + " dimensions, but the mapping says " + dimension);
    }
    similarity.check(vector, what);
  }

  @Override
  public String typeName() {
    return OmenVectorFieldMapper.CONTENT_TYPE;
  }

  @Override
  public ValueFetcher valueFetcher(QueryShardContext context, SearchLookup lookup, String format) {
    if (format != null) {
      throw new IllegalArgumentException(
          "field [" + name() + "] of type [" + typeName() + "] has no formats");
    }
    return SourceValueFetcher.identity(name(), context, null);
  }

  @Override
  public Query existsQuery(QueryShardContext context) {
    return new FieldExistsQuery(name());
  }

  @Override
  public Query termQuery(Object value, QueryShardContext context) {
    throw new QueryShardException(
        context,
        "field [" + name() + "] of type [" + typeName() + "] is searched with [omen_knn] only");
  }
}
