/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.opensearch.query;

import io.omendb.lucene.SearchDepth;
import io.omendb.opensearch.mapper.OmenVectorFieldType;
import java.io.IOException;
import java.util.Objects;
import org.apache.lucene.queries.function.FunctionScoreQuery;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.FieldExistsQuery;
import org.apache.lucene.search.MatchNoDocsQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.knn.KnnSearchStrategy;
import org.opensearch.core.index.shard.ShardId;
import org.opensearch.index.mapper.MappedFieldType;
import org.opensearch.index.mapper.ObjectMapper;
import org.opensearch.index.query.QueryShardContext;
import org.opensearch.index.query.QueryShardException;

/** Lucene's query for an {@code omen_knn} in a shard. */
final class OmenKnnQueryFactory {
  private final QueryShardContext context;
  private final ShardCounters counters;

  OmenKnnQueryFactory(QueryShardContext context, ShardCounters counters) {
    this.context = context;
    this.counters = counters;
  }

  Query of(OmenKnnQueryBuilder query) throws IOException {
    MappedFieldType mapped = context.fieldMapper(query.field());
    if (mapped == null) {
      String reason = "field [" + query.field() + "] is not mapped";
      if (query.ignoreUnmapped()) {
        return new MatchNoDocsQuery(reason);
      }
      throw refused(reason);
    }
    if (!(mapped.unwrap() instanceof OmenVectorFieldType type)) {
      throw refused(
          "[omen_knn] searches fields of type [omen_vector], but field ["
              + query.field()
              + "] has type ["
              + mapped.typeName()
              + "]");
    }
    try {
      type.check(query.vector(), "[vector] of the query on field [" + query.field() + "]");
    } catch (IllegalArgumentException e) {
      throw new QueryShardException(context, e.getMessage(), e);
    }
    // An alias has led to the field's own name.
    String field = type.name();
    ObjectMapper nested = checkedScope(field);
    Query filter = query.filter() == null ? null : query.filter().toQuery(context);
    if (nested != null && filter != null) {
      filter = new NestedFilter(context, nested).of(filter);
    }
    return nested != null && context.isInnerHitQuery()
        ? scores(field, query.vector(), filter)
        : search(field, query, filter);
  }

  private Query search(String field, OmenKnnQueryBuilder query, Query filter) {
    ShardId shard = new ShardId(context.index(), context.getShardId());
    VectorSearch search =
        new VectorSearch(
            field,
            query.vector(),
            query.k() == null ? 0 : query.k(),
            query.minScore() == null ? Float.NEGATIVE_INFINITY : query.minScore(),
            query.searchDepth() == null
                ? KnnSearchStrategy.Hnsw.DEFAULT
                : new SearchDepth(query.searchDepth()),
            counters.of(shard, field));
    if (query.k() == null) {
      return new ReachingScoreQuery(search, filter);
    }
    return new OmenKnnQuery(
        context.getParentFilter() == null
            ? new NearestQuery(search, filter)
            : new NearestParentsQuery(search, filter, context.getParentFilter()));
  }

  /** Scores of all nested documents of a hit, which was found by the best of them. */
  private static Query scores(String field, float[] vector, Query filter) {
    BooleanQuery.Builder accepted =
        new BooleanQuery.Builder().add(new FieldExistsQuery(field), BooleanClause.Occur.FILTER);
    if (filter != null) {
      accepted.add(filter, BooleanClause.Occur.FILTER);
    }
    return new FunctionScoreQuery(accepted.build(), new ExactScores(field, vector));
  }

  /** The nested object that holds the field, null for none; the query must stand in its scope. */
  private ObjectMapper checkedScope(String field) {
    ObjectMapper holder = null;
    for (int dot = field.lastIndexOf('.');
        dot > 0 && holder == null;
        dot = field.lastIndexOf('.', dot - 1)) {
      ObjectMapper object = context.getObjectMapper(field.substring(0, dot));
      holder = object != null && object.nested().isNested() ? object : null;
    }
    ObjectMapper scope = context.nestedScope().getObjectMapper();
    String holderPath = holder == null ? null : holder.fullPath();
    String scopePath = scope == null ? null : scope.fullPath();
    if (!Objects.equals(holderPath, scopePath)) {
      throw refused(
          holder == null
              ? "field [" + field + "] is not in the nested object [" + scopePath + "]"
              : "field ["
                  + field
                  + "] is in nested documents: put [omen_knn] into a [nested] query with path ["
                  + holderPath
                  + "]");
    }
    return holder;
  }

  private QueryShardException refused(String reason) {
    return new QueryShardException(context, reason);
  }
}
