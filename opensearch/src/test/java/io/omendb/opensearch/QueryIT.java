/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.opensearch;

import static io.omendb.opensearch.Http.json;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.omendb.opensearch.Http.Answer;
import io.omendb.opensearch.Http.Hit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The query, alone and in company, on a few documents on a line: document i has vector (i, 0). */
@ExtendWith(SharedNode.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class QueryIT {
  private static final int DOCUMENTS = 20;

  private final Http http;
  private final String index = SharedNode.newIndex();

  QueryIT(Http http) {
    this.http = http;
  }

  @BeforeAll
  void index() throws Exception {
    http.put(
            "/" + index,
            """
            {"settings": {"index.omen": true, "number_of_replicas": 0},
             "mappings": {"properties": {
               "v": {"type": "omen_vector", "dimension": 2, "similarity": "l2"},
               "also_v": {"type": "alias", "path": "v"}, "parity": {"type": "keyword"}, "rank": {"type": "integer"},
               "name": {"type": "text"}}}}
            """)
        .ok();
    StringBuilder bulk = new StringBuilder();
    for (int i = 0; i < DOCUMENTS; i++) {
      bulk.append(
          json(
              """
              {"index": {"_id": "%d"}}
              {"v": [%d, 0], "parity": "%s", "rank": %d, "name": "%s number %d"}
              """,
              i, i, i % 2 == 0 ? "even" : "odd", i, i < 10 ? "small" : "large", i));
    }
    assertEquals(
        false, http.post("/" + index + "/_bulk?refresh=true", bulk.toString()).ok().at("errors"));
  }

  private Answer search(String body) throws Exception {
    return http.post("/" + index + "/_search", body);
  }

  private static List<String> ids(Answer answer) {
    return answer.hits().stream().map(Hit::id).toList();
  }

  @Test
  void findsTheNearestWithExactScores() throws Exception {
    Answer answer =
        search("{\"query\": {\"omen_knn\": {\"v\": {\"vector\": [7.2, 0], \"k\": 3}}}}");
    assertEquals(List.of("7", "8", "6"), ids(answer));
    assertEquals(1 / (1 + 0.2 * 0.2), answer.hits().get(0).score(), 1e-6);
  }

  @Test
  void takesAliasesOfFields() throws Exception {
    Answer answer =
        search("{\"query\": {\"omen_knn\": {\"also_v\": {\"vector\": [7.2, 0], \"k\": 1}}}}");
    assertEquals(List.of("7"), ids(answer));
  }

  @Test
  void filtersBeforeTheNearestAreChosen() throws Exception {
    Answer odd =
        search(
            """
            {"query": {"omen_knn": {"v": {"vector": [8.1, 0], "k": 3,
              "filter": {"term": {"parity": "odd"}}}}}}
            """);
    assertEquals(List.of("9", "7", "11"), ids(odd));
    Answer both =
        search(
            """
            {"query": {"omen_knn": {"v": {"vector": [8.1, 0], "k": 3, "filter": {"bool": {
              "filter": {"range": {"rank": {"gte": 12}}}, "must_not": {"term": {"rank": 13}},
              "must": {"match": {"name": "large"}}}}}}}}
            """);
    assertEquals(List.of("12", "14", "15"), ids(both));
    Answer none =
        search(
            """
            {"query": {"omen_knn": {"v": {"vector": [8.1, 0], "k": 3,
              "filter": {"term": {"parity": "neither"}}}}}}
            """);
    assertEquals(List.of(), ids(none));
  }

  @Test
  void leavesOutWhatScoresLess() throws Exception {
    // Scores of distance 0, 1, 2: 1, 1/2, 1/5.
    String body = "{\"query\": {\"omen_knn\": {\"v\": {\"vector\": [5, 0], %s}}}}";
    assertEquals(List.of("5", "4", "6", "3", "7"), ids(search(json(body, "\"min_score\": 0.2"))));
    assertEquals(List.of("5", "4", "6"), ids(search(json(body, "\"k\": 10, \"min_score\": 0.5"))));
    assertEquals(List.of("5", "4"), ids(search(json(body, "\"k\": 2, \"min_score\": 0.2"))));
    assertEquals(
        List.of("5", "3", "7"),
        ids(
            search(
                json(body, "\"min_score\": 0.2, \"filter\": {\"term\": {\"parity\": \"odd\"}}"))));
  }

  @Test
  void scoresOfProductsExceedOne() throws Exception {
    String products = SharedNode.newIndex();
    http.put(
            "/" + products,
            """
            {"settings": {"index.omen": true}, "mappings": {"properties":
              {"v": {"type": "omen_vector", "dimension": 1, "similarity": "max_inner_product"}}}}
            """)
        .ok();
    for (int i = -2; i <= 2; i++) {
      http.put("/" + products + "/_doc/" + i + "?refresh=true", json("{\"v\": [%d]}", i)).ok();
    }
    Answer answer =
        http.post(
            "/" + products + "/_search",
            "{\"query\": {\"omen_knn\": {\"v\": {\"vector\": [3], \"min_score\": 4}}}}");
    assertEquals(List.of("2", "1"), ids(answer));
    assertEquals(7, answer.hits().get(0).score());
  }

  @Test
  void goesDeeperOnDemand() throws Exception {
    Answer answer =
        search(
            """
            {"query": {"omen_knn": {"v": {"vector": [3, 0], "k": 1, "search_depth": 50}}}}
            """);
    assertEquals(List.of("3"), ids(answer));
  }

  @Test
  void worksTogetherWithTextAndMetadata() throws Exception {
    Answer answer =
        search(
            """
            {"query": {"bool": {
               "must": {"match": {"name": "large"}},
               "should": {"omen_knn": {"v": {"vector": [15, 0], "k": 2, "boost": 100}}},
               "filter": {"range": {"rank": {"lt": 18}}}}},
             "size": 3}
            """);
    List<Hit> hits = answer.hits();
    assertEquals("15", hits.get(0).id());
    assertEquals(8, answer.number("hits", "total", "value"));
    assertTrue(hits.get(0).score() > 100 && hits.get(2).score() < 100, answer.text());
    // Post filters see the nearest alone.
    Answer post =
        search(
            """
            {"query": {"omen_knn": {"v": {"vector": [15, 0], "k": 4}}},
             "post_filter": {"term": {"parity": "odd"}},
             "aggs": {"parity": {"terms": {"field": "parity"}}}}
            """);
    assertEquals(2, post.hits().size());
    assertEquals(2, post.number("aggregations", "parity", "buckets", 0, "doc_count"));
  }

  @Test
  void returnsVectors() throws Exception {
    String query = "\"query\": {\"omen_knn\": {\"v\": {\"vector\": [4, 0], \"k\": 1}}}";
    Hit whole = search("{" + query + "}").hits().get(0);
    assertEquals(List.of(4, 0), whole.at("_source", "v"));
    Hit fields = search("{\"_source\": false, \"fields\": [\"v\"]," + query + "}").hits().get(0);
    assertEquals(List.of(4, 0), fields.at("fields", "v"));
    Hit less = search("{\"_source\": {\"excludes\": [\"v\"]}," + query + "}").hits().get(0);
    assertFalse(((Map<?, ?>) less.at("_source")).containsKey("v"));
  }

  @Test
  void explainsAndProfiles() throws Exception {
    String query = "\"query\": {\"omen_knn\": {\"v\": {\"vector\": [4, 0], \"k\": 2}}}";
    Answer explained = search("{\"explain\": true," + query + "}");
    assertEquals(1.0, ((Number) explained.hits().get(0).at("_explanation", "value")).doubleValue());
    Answer one = http.post("/" + index + "/_explain/9", "{" + query + "}").ok();
    assertEquals(false, one.at("matched"));
    Answer profiled = search("{\"profile\": true," + query + "}").ok();
    Object[] knn = {"profile", "shards", 0, "searches", 0, "query", 0};
    assertEquals("OmenKnnQuery", Http.at(profiled.at(knn), "type"));
    assertTrue(
        ((Number) Http.at(profiled.at(knn), "breakdown", "create_weight")).longValue() > 0,
        profiled.text());
    Answer named =
        search(
            """
            {"query": {"omen_knn": {"v": {"vector": [4, 0], "k": 1, "_name": "near"}}}}
            """);
    assertEquals(List.of("near"), named.hits().get(0).at("matched_queries"));
  }

  @Test
  void unmappedFieldsMayBeIgnored() throws Exception {
    String query = "{\"query\": {\"omen_knn\": {\"x\": {\"vector\": [4, 0], \"k\": 1 %s}}}}";
    assertEquals(List.of(), ids(search(json(query, ", \"ignore_unmapped\": true"))));
    assertRefused(search(json(query, "")), "field [x] is not mapped");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{}|[omen_knn] names no field",
        "{\"v\": [1, 2]}|must have the form {\\\"field\\\": {\\\"vector\\\": [...], \\\"k\\\": 10}}",
        "{\"v\": {\"k\": 1}}|[omen_knn] on field [v] has no [vector]",
        "{\"v\": {\"vector\": [1, 2]}}|[omen_knn] needs [k], [min_score] or both",
        "{\"v\": {\"vector\": [1, 2], \"k\": 0}}|[k] must be in [1, 10000]; k=0",
        "{\"v\": {\"vector\": [1, 2], \"k\": 10001}}|[k] must be in [1, 10000]; k=10001",
        "{\"v\": {\"vector\": [1, 2], \"k\": 1.5}}|1.5",
        "{\"v\": {\"vector\": [1, 2], \"min_score\": 0}}|[min_score] must be above 0",
        "{\"v\": {\"vector\": [1, 2], \"k\": 1, \"search_depth\": 0}}|[search_depth] must be in",
        "{\"v\": {\"vector\": [1, 2], \"k\": 1, \"ef\": 0}}|[omen_knn] has no option [ef]",
        "{\"v\": {\"vector\": [1, 2], \"k\": 1}, \"w\": {}}|names [v] and [w]",
        "{\"v\": {\"vector\": [1], \"k\": 1}}|has 1 dimensions, but the mapping says 2",
        "{\"v\": {\"vector\": [1, 1e39], \"k\": 1}}|[1] is 1.0E39",
        "{\"v\": {\"vector\": [1, \"a\"], \"k\": 1}}|[1] is the string [a]",
        "{\"v\": {\"vector\": [1, NaN], \"k\": 1}}|Non-standard token 'NaN'",
        "{\"rank\": {\"vector\": [1, 2], \"k\": 1}}|but field [rank] has type [integer]",
      })
  void refuses(String body, String reason) throws Exception {
    assertRefused(search("{\"query\": {\"omen_knn\": " + body + "}}"), reason);
  }

  @Test
  void otherQueriesDoNotTakeVectors() throws Exception {
    assertRefused(
        search("{\"query\": {\"term\": {\"v\": 1}}}"),
        "field [v] of type [omen_vector] is searched with [omen_knn] only");
  }

  private static void assertRefused(Answer answer, String reason) {
    assertEquals(400, answer.status(), answer.text());
    assertTrue(answer.text().contains(reason), answer.text());
  }
}
