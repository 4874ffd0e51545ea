/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.opensearch.query;

import io.omendb.opensearch.mapper.VectorParser;
import java.io.IOException;
import org.opensearch.core.common.ParsingException;
import org.opensearch.core.xcontent.XContentLocation;
import org.opensearch.core.xcontent.XContentParser;
import org.opensearch.index.query.AbstractQueryBuilder;
import org.opensearch.index.query.QueryBuilder;

/**
 * Reads {@code {"field": {"vector": [...], "k": 10, "filter": {...}}}}, and beside these {@code
 * min_score}, {@code search_depth}, {@code ignore_unmapped}, {@code boost} and {@code _name}.
 */
public final class OmenKnnQueryParser {
  private final ShardCounters counters;
  private final XContentParser parser;
  private final String field;
  private float[] vector;
  private Integer k;
  private Float minScore;
  private Float searchDepth;
  private boolean ignoreUnmapped;
  private QueryBuilder filter;
  private float boost = AbstractQueryBuilder.DEFAULT_BOOST;
  private String name;

  private OmenKnnQueryParser(ShardCounters counters, XContentParser parser, String field) {
    this.counters = counters;
    this.parser = parser;
    this.field = field;
  }

  /**
   * Reads the body of a query; the parser stands at its start, and then at its end.
   *
   * @param counters where this node counts what the query does
   */
  public static OmenKnnQueryBuilder parse(ShardCounters counters, XContentParser parser)
      throws IOException {
    XContentLocation start = parser.getTokenLocation();
    if (parser.nextToken() != XContentParser.Token.FIELD_NAME) {
      throw new ParsingException(start, "[" + OmenKnnQueryBuilder.NAME + "] names no field");
    }
    String field = parser.currentName();
    if (parser.nextToken() != XContentParser.Token.START_OBJECT) {
      throw new ParsingException(
          parser.getTokenLocation(),
          "["
              + OmenKnnQueryBuilder.NAME
              + "] must have the form {\"field\": {\"vector\": [...], \"k\": 10}}, but ["
              + field
              + "] is no object");
    }
    OmenKnnQueryBuilder query = new OmenKnnQueryParser(counters, parser, field).body(start);
    if (parser.nextToken() != XContentParser.Token.END_OBJECT) {
      throw new ParsingException(
          parser.getTokenLocation(),
          "["
              + OmenKnnQueryBuilder.NAME
              + "] searches one field, but names ["
              + field
              + "] and ["
              + parser.currentName()
              + "]");
    }
    return query;
  }

  private OmenKnnQueryBuilder body(XContentLocation start) throws IOException {
    while (parser.nextToken() != XContentParser.Token.END_OBJECT) {
      String option = parser.currentName();
      parser.nextToken();
      try {
        option(option);
      } catch (IllegalArgumentException e) {
        throw new ParsingException(parser.getTokenLocation(), e.getMessage(), e);
      }
    }
    if (vector == null) {
      throw new ParsingException(
          start, "[" + OmenKnnQueryBuilder.NAME + "] on field [" + field + "] has no [vector]");
    }
    try {
      return new OmenKnnQueryBuilder(counters, field, vector)
          .k(k)
          .minScore(minScore)
          .searchDepth(searchDepth)
          .ignoreUnmapped(ignoreUnmapped)
          .filter(filter)
          .boost(boost)
          .queryName(name)
          .checked();
    } catch (IllegalArgumentException e) {
      throw new ParsingException(start, e.getMessage(), e);
    }
  }

  private void option(String option) throws IOException {
    var deprecations = parser.getDeprecationHandler();
    if (OmenKnnQueryBuilder.VECTOR.match(option, deprecations)) {
      vector = VectorParser.parse(parser, "[vector] of the query on field [" + field + "]", 0);
    } else if (OmenKnnQueryBuilder.K.match(option, deprecations)) {
      k = parser.intValue(false);
    } else if (OmenKnnQueryBuilder.MIN_SCORE.match(option, deprecations)) {
      minScore = parser.floatValue();
    } else if (OmenKnnQueryBuilder.SEARCH_DEPTH.match(option, deprecations)) {
      searchDepth = parser.floatValue();
    } else if (OmenKnnQueryBuilder.IGNORE_UNMAPPED.match(option, deprecations)) {
      ignoreUnmapped = parser.booleanValue();
    } else if (OmenKnnQueryBuilder.FILTER.match(option, deprecations)) {
      filter = AbstractQueryBuilder.parseInnerQueryBuilder(parser);
    } else if (AbstractQueryBuilder.BOOST_FIELD.match(option, deprecations)) {
      boost = parser.floatValue();
    } else if (AbstractQueryBuilder.NAME_FIELD.match(option, deprecations)) {
      name = parser.text();
    } else {
      throw new IllegalArgumentException(
          "[" + OmenKnnQueryBuilder.NAME + "] has no option [" + option + "]");
    }
  }
}
