/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.opensearch;

import static io.omendb.opensearch.Http.json;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.omendb.opensearch.Http.Answer;
import io.omendb.opensearch.Http.Hit;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** Books of chapters with a vector each: chapter c of book b has vector (10 b + c). */
@ExtendWith(SharedNode.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NestedIT {
  private final Http http;
  private final String index = SharedNode.newIndex();

  NestedIT(Http http) {
    this.http = http;
  }

  @BeforeAll
  void index() throws Exception {
    http.put(
            "/" + index,
            """
            {"settings": {"index.omen": true, "number_of_replicas": 0},
             "mappings": {"properties": {
               "language": {"type": "keyword"},
               "title": {"type": "omen_vector", "dimension": 1, "similarity": "l2"},
               "chapters": {"type": "nested", "properties": {
                 "kind": {"type": "keyword"},
                 "v": {"type": "omen_vector", "dimension": 1, "similarity": "l2"}}}}}}
            """)
        .ok();
    for (int b = 0; b < 4; b++) {
      StringBuilder chapters = new StringBuilder();
      for (int c = 0; c < 3; c++) {
        chapters
            .append(c == 0 ? "" : ", ")
            .append(json("{\"v\": [%d], \"kind\": \"%s\"}", 10 * b + c, c == 0 ? "intro" : "main"));
      }
      http.put(
              "/" + index + "/_doc/" + b + "?refresh=true",
              json(
                  "{\"language\": \"%s\", \"title\": [%d], \"chapters\": [%s]}",
                  b % 2 == 0 ? "en" : "de", b, chapters))
          .ok();
    }
  }

  private Answer search(String vector, int k, String filter, String rest) throws Exception {
    return http.post(
        "/" + index + "/_search",
        json(
            """
            {"_source": false, "query": {"nested": {"path": "chapters", "score_mode": "max" %s, "query":
              {"omen_knn": {"chapters.v": {"vector": [%s], "k": %d %s}}}}}}
            """,
            rest, vector, k, filter));
  }

  private static List<String> ids(Answer answer) {
    return answer.hits().stream().map(Hit::id).toList();
  }

  @Test
  void everyParentCountsOnce() throws Exception {
    // The three chapters of book 1 are nearer than any of another book.
    Answer answer = search("11", 3, "", "");
    assertEquals(List.of("1", "0", "2"), ids(answer));
    assertEquals(1.0, answer.hits().get(0).score(), 1e-6);
  }

  @Test
  void filtersOnParentsAndOnNestedDocuments() throws Exception {
    assertEquals(
        List.of("0", "2"), ids(search("11", 3, filter("{\"term\": {\"language\": \"en\"}}"), "")));
    Answer intro = search("11", 1, filter("{\"term\": {\"chapters.kind\": \"intro\"}}"), "");
    assertEquals(List.of("1"), ids(intro));
    assertEquals(0.5, intro.hits().get(0).score(), 1e-6);
    Answer both =
        search(
            "11",
            3,
            filter(
                """
                {"bool": {"filter": [{"term": {"chapters.kind": "main"}}],
                          "must_not": [{"term": {"language": "de"}}]}}
                """),
            "");
    // Book 2: 21 is 10 away, book 0: 2 is 9 away.
    assertEquals(List.of("0", "2"), ids(both));
    assertEquals(1 / 82.0, both.hits().get(0).score(), 1e-6);
  }

  private static String filter(String filter) {
    return ", \"filter\": " + filter;
  }

  @Test
  void innerHitsShowTheOthersToo() throws Exception {
    Hit hit = search("11.4", 1, "", ", \"inner_hits\": {}").hits().get(0);
    assertEquals("1", hit.id());
    List<?> chapters = (List<?>) hit.at("inner_hits", "chapters", "hits", "hits");
    assertEquals(
        List.of(1, 2, 0),
        chapters.stream().map(chapter -> Hit.of(chapter).at("_nested", "offset")).toList());
    assertEquals(1 / (1 + 0.4 * 0.4), Hit.of(chapters.get(0)).score(), 1e-5);
  }

  @Test
  void minScoreWorksInNestedDocuments() throws Exception {
    Answer answer =
        http.post(
            "/" + index + "/_search",
            """
            {"query": {"nested": {"path": "chapters", "query":
              {"omen_knn": {"chapters.v": {"vector": [12], "min_score": 0.4}}}}}}
            """);
    assertEquals(List.of("1"), ids(answer));
  }

  @Test
  void vectorsOfTheDocumentItselfWorkBeside() throws Exception {
    Answer answer =
        http.post(
            "/" + index + "/_search",
            """
            {"query": {"omen_knn": {"title": {"vector": [2], "k": 2,
              "filter": {"nested": {"path": "chapters",
                "query": {"range": {"chapters.kind": {"gte": "intro"}}}}}}}}}
            """);
    assertEquals("2", ids(answer).get(0));
    assertEquals(2, ids(answer).size());
  }

  @Test
  void saysWhereTheQueryBelongs() throws Exception {
    Answer outside =
        http.post(
            "/" + index + "/_search",
            "{\"query\": {\"omen_knn\": {\"chapters.v\": {\"vector\": [1], \"k\": 1}}}}");
    assertEquals(400, outside.status());
    assertTrue(
        outside.text().contains("put [omen_knn] into a [nested] query with path [chapters]"),
        outside.text());
    Answer inside =
        http.post(
            "/" + index + "/_search",
            """
            {"query": {"nested": {"path": "chapters", "query":
              {"omen_knn": {"title": {"vector": [1], "k": 1}}}}}}
            """);
    assertEquals(400, inside.status());
    assertTrue(
        inside.text().contains("field [title] is not in the nested object [chapters]"),
        inside.text());
  }
}
