/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.opensearch.query;

import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.ConstantScoreQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.join.ToChildBlockJoinQuery;
import org.opensearch.common.lucene.search.Queries;
import org.opensearch.index.mapper.ObjectMapper;
import org.opensearch.index.query.QueryShardContext;

/**
 * Turns a filter on a document's fields into one on nested documents, where vectors are. A
 * condition may be about the nested document itself or about any document around it; a field is in
 * one of them only, so a nested document is accepted if it or one around it meets the condition.
 */
final class NestedFilter {
  /** Documents around the nested ones, by what they match. */
  private final List<Query> ancestors = new ArrayList<>();

  private final QueryShardContext context;

  /**
   * A filter on the documents of a nested object.
   *
   * @param nested the object that holds the vectors
   */
  NestedFilter(QueryShardContext context, ObjectMapper nested) {
    this.context = context;
    for (ObjectMapper outer = outer(nested); outer != null; outer = outer(outer)) {
      ancestors.add(outer.nestedTypeFilter());
    }
    ancestors.add(Queries.newNonNestedFilter());
  }

  /** The filter on the nested documents. */
  Query of(Query filter) {
    return switch (filter) {
      case BooleanQuery bool -> {
        BooleanQuery.Builder builder =
            new BooleanQuery.Builder()
                .setMinimumNumberShouldMatch(bool.getMinimumNumberShouldMatch());
        for (BooleanClause clause : bool) {
          builder.add(of(clause.query()), clause.occur());
        }
        yield builder.build();
      }
      case ConstantScoreQuery constant -> of(constant.getQuery());
      case BoostQuery boost -> of(boost.getQuery());
      default -> leaf(filter);
    };
  }

  private Query leaf(Query condition) {
    BooleanQuery.Builder either = new BooleanQuery.Builder();
    either.add(condition, BooleanClause.Occur.SHOULD);
    for (Query ancestor : ancestors) {
      Query parents =
          new BooleanQuery.Builder()
              .add(condition, BooleanClause.Occur.FILTER)
              .add(ancestor, BooleanClause.Occur.FILTER)
              .build();
      either.add(
          new ToChildBlockJoinQuery(parents, context.bitsetFilter(ancestor)),
          BooleanClause.Occur.SHOULD);
    }
    return either.build();
  }

  private ObjectMapper outer(ObjectMapper object) {
    ObjectMapper outer = object.getParentObjectMapper(context.getMapperService());
    return outer == null || outer.nested().isNested() ? outer : outer(outer);
  }
}
