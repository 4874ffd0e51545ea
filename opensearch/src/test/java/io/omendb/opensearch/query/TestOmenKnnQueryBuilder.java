/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.opensearch.query;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.opensearch.common.io.stream.BytesStreamOutput;
import org.opensearch.common.settings.Settings;
import org.opensearch.common.xcontent.json.JsonXContent;
import org.opensearch.core.common.io.stream.NamedWriteableAwareStreamInput;
import org.opensearch.core.common.io.stream.NamedWriteableRegistry;
import org.opensearch.core.xcontent.DeprecationHandler;
import org.opensearch.core.xcontent.NamedXContentRegistry;
import org.opensearch.core.xcontent.XContentParser;
import org.opensearch.index.query.BaseQueryRewriteContext;
import org.opensearch.index.query.BoolQueryBuilder;
import org.opensearch.index.query.MatchNoneQueryBuilder;
import org.opensearch.index.query.QueryBuilder;
import org.opensearch.index.query.QueryRewriteContext;
import org.opensearch.index.query.TermQueryBuilder;
import org.opensearch.index.query.WrapperQueryBuilder;
import org.opensearch.search.SearchModule;

class TestOmenKnnQueryBuilder {
  private static final SearchModule SEARCH = new SearchModule(Settings.EMPTY, List.of());
  private static final NamedWriteableRegistry WRITEABLES =
      new NamedWriteableRegistry(SEARCH.getNamedWriteables());
  private static final NamedXContentRegistry CONTENTS =
      new NamedXContentRegistry(SEARCH.getNamedXContents());

  private static final ShardCounters COUNTERS = new ShardCounters();

  private static OmenKnnQueryBuilder query() {
    return new OmenKnnQueryBuilder(COUNTERS, "v", new float[] {1, -2.5f, 3e-7f});
  }

  /** Each option alone and all together; no two of them are equal. */
  static Stream<OmenKnnQueryBuilder> queries() {
    QueryBuilder filter = new TermQueryBuilder("color", "red");
    return Stream.of(
        query().k(1),
        query().k(10_000),
        query().minScore(0.25f),
        query().k(1).minScore(0.25f),
        query().k(1).searchDepth(2f),
        query().k(1).ignoreUnmapped(true),
        query().k(1).filter(filter),
        query().k(1).boost(2),
        query().k(1).queryName("name"),
        query()
            .k(7)
            .minScore(1e-3f)
            .searchDepth(0.1f)
            .ignoreUnmapped(true)
            .filter(filter)
            .boost(3)
            .queryName("all"));
  }

  @ParameterizedTest
  @MethodSource("queries")
  void goesFromNodeToNode(OmenKnnQueryBuilder query) throws IOException {
    try (BytesStreamOutput out = new BytesStreamOutput()) {
      query.writeTo(out);
      OmenKnnQueryBuilder read =
          new OmenKnnQueryBuilder(
              COUNTERS, new NamedWriteableAwareStreamInput(out.bytes().streamInput(), WRITEABLES));
      assertEquals(query, read);
      assertEquals(query.hashCode(), read.hashCode());
    }
  }

  @ParameterizedTest
  @MethodSource("queries")
  void readsWhatItPrints(OmenKnnQueryBuilder query) throws IOException {
    try (XContentParser parser =
        JsonXContent.jsonXContent.createParser(
            CONTENTS, DeprecationHandler.THROW_UNSUPPORTED_OPERATION, query.toString())) {
      // As in a search, the parser stands in the query's own object.
      parser.nextToken();
      parser.nextToken();
      assertEquals(OmenKnnQueryBuilder.NAME, parser.currentName());
      parser.nextToken();
      assertEquals(query, OmenKnnQueryParser.parse(COUNTERS, parser));
      assertEquals(XContentParser.Token.END_OBJECT, parser.currentToken());
    }
  }

  @Test
  void everyOptionMatters() {
    List<OmenKnnQueryBuilder> queries = new ArrayList<>(queries().toList());
    queries.add(new OmenKnnQueryBuilder(COUNTERS, "w", query().vector()).k(1));
    queries.add(new OmenKnnQueryBuilder(COUNTERS, "v", new float[] {1, -2.5f, 0}).k(1));
    for (int i = 0; i < queries.size(); i++) {
      for (int j = 0; j < i; j++) {
        assertNotEquals(queries.get(i), queries.get(j));
      }
    }
  }

  @Test
  void rewritesItsFilter() throws IOException {
    QueryRewriteContext context = new BaseQueryRewriteContext(CONTENTS, WRITEABLES, null, () -> 0);
    OmenKnnQueryBuilder query = query().k(3).minScore(0.5f).searchDepth(2f).ignoreUnmapped(true);
    assertSame(query, query.rewrite(context));
    query.filter(new WrapperQueryBuilder("{\"term\": {\"color\": \"red\"}}")).boost(2);
    assertEquals(
        query()
            .k(3)
            .minScore(0.5f)
            .searchDepth(2f)
            .ignoreUnmapped(true)
            .filter(new TermQueryBuilder("color", "red"))
            .boost(2),
        query.rewrite(context));
    QueryBuilder none = query().k(3).filter(new MatchNoneQueryBuilder());
    assertInstanceOf(MatchNoneQueryBuilder.class, none.rewrite(context));
  }

  @Test
  void addsToItsFilter() {
    QueryBuilder red = new TermQueryBuilder("color", "red");
    QueryBuilder round = new TermQueryBuilder("shape", "round");
    OmenKnnQueryBuilder query = query().k(1).filter(red);
    assertSame(red, query.filter());
    assertEquals(new BoolQueryBuilder().filter(red).filter(round), query.filter(round).filter());
    assertSame(query, query.filter(null));
  }
}
