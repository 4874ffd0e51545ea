/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.opensearch.query;

import io.omendb.lucene.SearchDepth;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.Query;
import org.opensearch.core.ParseField;
import org.opensearch.core.common.io.stream.StreamInput;
import org.opensearch.core.common.io.stream.StreamOutput;
import org.opensearch.core.xcontent.XContentBuilder;
import org.opensearch.index.query.AbstractQueryBuilder;
import org.opensearch.index.query.BoolQueryBuilder;
import org.opensearch.index.query.InnerHitContextBuilder;
import org.opensearch.index.query.MatchNoneQueryBuilder;
import org.opensearch.index.query.QueryBuilder;
import org.opensearch.index.query.QueryBuilderVisitor;
import org.opensearch.index.query.QueryRewriteContext;
import org.opensearch.index.query.QueryShardContext;

/** The query {@code omen_knn}: the documents of each shard whose vectors are nearest to one. */
public final class OmenKnnQueryBuilder extends AbstractQueryBuilder<OmenKnnQueryBuilder> {
  /** Name of the query. */
  public static final String NAME = "omen_knn";

  /** Most documents that may be asked of a shard. */
  static final int MAX_K = 10_000;

  static final ParseField VECTOR = new ParseField("vector");
  static final ParseField K = new ParseField("k");
  static final ParseField MIN_SCORE = new ParseField("min_score");
  static final ParseField FILTER = new ParseField("filter");
  static final ParseField SEARCH_DEPTH = new ParseField("search_depth");
  static final ParseField IGNORE_UNMAPPED = new ParseField("ignore_unmapped");

  private final ShardCounters counters;
  private final String field;
  private final float[] vector;
  private Integer k;
  private Float minScore;
  private Float searchDepth;
  private boolean ignoreUnmapped;
  private QueryBuilder filter;

  /**
   * A query that lacks {@code k} or {@code min_score} as yet.
   *
   * @param counters where this node counts what it does
   * @param vector as many components as the field has dimensions
   */
  OmenKnnQueryBuilder(ShardCounters counters, String field, float[] vector) {
    this.counters = counters;
    this.field = Objects.requireNonNull(field, "field");
    this.vector = Objects.requireNonNull(vector, "vector");
  }

  /** Reads what {@link #doWriteTo} wrote. */
  public OmenKnnQueryBuilder(ShardCounters counters, StreamInput in) throws IOException {
    super(in);
    this.counters = counters;
    field = in.readString();
    vector = in.readFloatArray();
    k = in.readOptionalVInt();
    minScore = in.readOptionalFloat();
    searchDepth = in.readOptionalFloat();
    ignoreUnmapped = in.readBoolean();
    filter = in.readOptionalNamedWriteable(QueryBuilder.class);
  }

  @Override
  protected void doWriteTo(StreamOutput out) throws IOException {
    out.writeString(field);
    out.writeFloatArray(vector);
    out.writeOptionalVInt(k);
    out.writeOptionalFloat(minScore);
    out.writeOptionalFloat(searchDepth);
    out.writeBoolean(ignoreUnmapped);
    out.writeOptionalNamedWriteable(filter);
  }

  /** Most documents a shard answers with, in [1, 10000]; null for all that reach the score. */
  public OmenKnnQueryBuilder k(Integer k) {
    if (k != null && (k < 1 || k > MAX_K)) {
      throw new IllegalArgumentException("[k] must be in [1, " + MAX_K + "]; k=" + k);
    }
    this.k = k;
    return this;
  }

  /** Least score of an answer, above 0; null for any. */
  public OmenKnnQueryBuilder minScore(Float minScore) {
    if (minScore != null && !(minScore > 0 && minScore < Float.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "[min_score] must be above 0; no score is less; min_score=" + minScore);
    }
    this.minScore = minScore;
    return this;
  }

  /** Factor on how deep the search goes, in [0.1, 100]; null for what the mapping says. */
  public OmenKnnQueryBuilder searchDepth(Float searchDepth) {
    if (searchDepth != null
        && !(searchDepth >= SearchDepth.MIN && searchDepth <= SearchDepth.MAX)) {
      throw new IllegalArgumentException(
          "[search_depth] must be in [0.1, 100]; search_depth=" + searchDepth);
    }
    this.searchDepth = searchDepth;
    return this;
  }

  /** Whether an index without the field answers with nothing rather than with an error. */
  public OmenKnnQueryBuilder ignoreUnmapped(boolean ignoreUnmapped) {
    this.ignoreUnmapped = ignoreUnmapped;
    return this;
  }

  /** Accepts documents before the nearest are chosen, in addition to the filter there is. */
  @Override
  public OmenKnnQueryBuilder filter(QueryBuilder added) {
    if (added != null) {
      filter = filter == null ? added : new BoolQueryBuilder().filter(filter).filter(added);
    }
    return this;
  }

  /** Throws {@link IllegalArgumentException} unless the query says how much it wants. */
  OmenKnnQueryBuilder checked() {
    if (k == null && minScore == null) {
      throw new IllegalArgumentException("[" + NAME + "] needs [k], [min_score] or both");
    }
    return this;
  }

  String field() {
    return field;
  }

  float[] vector() {
    return vector;
  }

  Integer k() {
    return k;
  }

  Float minScore() {
    return minScore;
  }

  Float searchDepth() {
    return searchDepth;
  }

  boolean ignoreUnmapped() {
    return ignoreUnmapped;
  }

  QueryBuilder filter() {
    return filter;
  }

  @Override
  protected Query doToQuery(QueryShardContext context) throws IOException {
    return new OmenKnnQueryFactory(context, counters).of(this);
  }

  // A rewriting is finished when it gives the same object, as everywhere in OpenSearch.
  @SuppressWarnings("ReferenceEquality")
  @Override
  protected QueryBuilder doRewrite(QueryRewriteContext context) throws IOException {
    if (filter == null) {
      return this;
    }
    QueryBuilder rewritten = filter.rewrite(context);
    if (rewritten instanceof MatchNoneQueryBuilder) {
      return rewritten;
    }
    return rewritten == filter
        ? this
        : new OmenKnnQueryBuilder(counters, field, vector)
            .k(k)
            .minScore(minScore)
            .searchDepth(searchDepth)
            .ignoreUnmapped(ignoreUnmapped)
            .filter(rewritten);
  }

  @Override
  public void visit(QueryBuilderVisitor visitor) {
    visitor.accept(this);
    if (filter != null) {
      filter.visit(visitor.getChildVisitor(BooleanClause.Occur.FILTER));
    }
  }

  @Override
  protected void extractInnerHitBuilders(Map<String, InnerHitContextBuilder> innerHits) {
    if (filter != null) {
      InnerHitContextBuilder.extractInnerHits(filter, innerHits);
    }
  }

  @Override
  protected void doXContent(XContentBuilder builder, Params params) throws IOException {
    builder.startObject(NAME).startObject(field);
    builder.field(VECTOR.getPreferredName(), vector);
    if (k != null) {
      builder.field(K.getPreferredName(), k);
    }
    if (minScore != null) {
      builder.field(MIN_SCORE.getPreferredName(), minScore);
    }
    if (searchDepth != null) {
      builder.field(SEARCH_DEPTH.getPreferredName(), searchDepth);
    }
    if (ignoreUnmapped) {
      builder.field(IGNORE_UNMAPPED.getPreferredName(), true);
    }
    if (filter != null) {
      builder.field(FILTER.getPreferredName(), filter);
    }
    printBoostAndQueryName(builder);
    builder.endObject().endObject();
  }

  @Override
  public String getWriteableName() {
    return NAME;
  }

  @Override
  protected boolean doEquals(OmenKnnQueryBuilder other) {
    return field.equals(other.field)
        && Arrays.equals(vector, other.vector)
        && Objects.equals(k, other.k)
        && Objects.equals(minScore, other.minScore)
        && Objects.equals(searchDepth, other.searchDepth)
        && ignoreUnmapped == other.ignoreUnmapped
        && Objects.equals(filter, other.filter);
  }

  @Override
  protected int doHashCode() {
    return Objects.hash(
        field, Arrays.hashCode(vector), k, minScore, searchDepth, ignoreUnmapped, filter);
  }
}
