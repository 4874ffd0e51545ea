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
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Mappings and documents, those that are taken and those that are not. */
@ExtendWith(SharedNode.class)
class MappingIT {
  private final Http http;
  private final String index = SharedNode.newIndex();

  MappingIT(Http http) {
    this.http = http;
  }

  private Answer create(String field) throws Exception {
    return create("\"index.omen\": true", field);
  }

  private Answer create(String settings, String field) throws Exception {
    return http.put(
        "/" + index,
        json(
            """
            {"settings": {%s, "number_of_replicas": 0},
             "mappings": {"properties": {"v": {"type": "omen_vector", %s}, "t": {"type": "text"}}}}
            """,
            settings, field));
  }

  private static void assertRefused(Answer answer, String reason) {
    assertEquals(400, answer.status(), answer.text());
    assertTrue(answer.text().contains(reason), answer.text());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "cosine|cosine",
        "cosinesimil|cosine",
        "dot_product|dot_product",
        "l2|l2",
        "max_inner_product|max_inner_product",
        "innerproduct|max_inner_product",
      })
  void takesTheUsualNamesOfSimilarities(String given, String kept) throws Exception {
    create(json("\"dimension\": 3, \"similarity\": \"%s\"", given)).ok();
    Answer mapping = http.get("/" + index + "/_mapping").ok();
    assertEquals(kept, mapping.at(index, "mappings", "properties", "v", "similarity"));
    assertEquals(3, mapping.number(index, "mappings", "properties", "v", "dimension"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"similarity\": \"l2\"|[dimension] must be in [1, 4096]; dimension=null",
        "\"similarity\": \"l2\", \"dimension\": 0|[dimension] must be in [1, 4096]; dimension=0",
        "\"similarity\": \"l2\", \"dimension\": 4097|must be in [1, 4096]; dimension=4097",
        "\"dimension\": 3|field [v]: [similarity] is missing; it is one of [cosine, cosinesimil,",
        "\"dimension\": 3, \"similarity\": \"hamming\"|[similarity] must be one of [cosine,",
        "\"dimension\": 3, \"similarity\": \"l2\", \"x\": 1|unknown parameter [x] on mapper [v]",
        "\"dimension\": 3, \"similarity\": \"l2\", \"search_depth\": 0|field [v]: search_depth must be in",
        "\"dimension\": 3, \"similarity\": \"l2\", \"max_conn\": 1|max_conn must be in [2, 512]; max_conn=1",
        "\"dimension\": 3, \"similarity\": \"l2\", \"beam_width\": 0|beam_width must be in [1, 3200]",
        "\"dimension\": 3, \"similarity\": \"l2\", \"copy_to\": \"t\"|takes neither [fields] nor [copy_to]",
        "\"dimension\": 3, \"similarity\": \"l2\", \"fields\": {\"x\": {\"type\": \"keyword\"}}"
            + "|takes neither [fields] nor [copy_to]",
      })
  void refusesMappings(String field, String reason) throws Exception {
    assertRefused(create(field), reason);
  }

  @Test
  void refusesIndexesWithAnotherCodec() throws Exception {
    String field = "\"dimension\": 3, \"similarity\": \"l2\"";
    assertRefused(
        create("\"number_of_shards\": 1", field), "needs the index setting [index.omen: true]");
  }

  @Test
  void changesOnlyWhatMayChange() throws Exception {
    create("\"dimension\": 3, \"similarity\": \"l2\"").ok();
    String mapping = "{\"properties\": {\"v\": {\"type\": \"omen_vector\", %s}}}";
    assertRefused(
        http.put(
            "/" + index + "/_mapping", json(mapping, "\"dimension\": 4, \"similarity\": \"l2\"")),
        "Cannot update parameter [dimension] from [3] to [4]");
    assertRefused(
        http.put(
            "/" + index + "/_mapping",
            json(mapping, "\"dimension\": 3, \"similarity\": \"cosine\"")),
        "Cannot update parameter [similarity] from [l2] to [cosine]");
    http.put(
            "/" + index + "/_mapping",
            json(
                mapping,
                "\"dimension\": 3, \"similarity\": \"l2\", \"search_depth\": 2, \"max_conn\": 32"))
        .ok();
    Answer changed = http.get("/" + index + "/_mapping").ok();
    assertEquals(2.0, changed.at(index, "mappings", "properties", "v", "search_depth"));
    // And documents still come in.
    http.put("/" + index + "/_doc/1?refresh=true", "{\"v\": [1, 2, 3]}").ok();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[1, 2]|vector of field [v] has 2 dimensions, but the mapping says 3",
        "[1, 2, 3, 4]|vector of field [v] has 4 dimensions, but the mapping says 3",
        "[]|vector of field [v] has 0 dimensions, but the mapping says 3",
        "[1, NaN, 3]|Non-standard token 'NaN'",
        "[1, 2, 1e39]|vector of field [v] must hold finite 32-bit numbers only, but [2] is 1.0E39",
        "[1, \"2\", 3]|vector of field [v] must hold numbers only, but [1] is the string [2]",
        "[1, null, 3]|vector of field [v] must hold numbers only, but [1] is null",
        "[[1, 2, 3]]|vector of field [v] must hold numbers only, but [0] is an array; vectors of one",
        "1|vector of field [v] must be an array of numbers, but is the value [1]",
        "\"1,2,3\"|vector of field [v] must be an array of numbers, but is the string [1,2,3]",
        "{\"x\": 1}|vector of field [v] must be an array of numbers, but is an object",
        "[0, 0, 0]|vector of field [v] must not be zero with similarity [cosine]; length=0.0",
        "[0, 1e-30, 0]|vector of field [v] must not be zero with similarity [cosine]; length=1.0",
        "[0, 1e30, 0]|vector of field [v] is too long for 32-bit arithmetic; length=1.0",
      })
  void refusesVectors(String vector, String reason) throws Exception {
    create("\"dimension\": 3, \"similarity\": \"cosine\"").ok();
    assertRefused(http.put("/" + index + "/_doc/1", json("{\"v\": %s}", vector)), reason);
  }

  @Test
  void wantsUnitLengthForDotProduct() throws Exception {
    create("\"dimension\": 2, \"similarity\": \"dot_product\"").ok();
    assertRefused(
        http.put("/" + index + "/_doc/1", "{\"v\": [3, 4]}"),
        "must have unit length with similarity [dot_product]; length=5.0");
    http.put("/" + index + "/_doc/1", "{\"v\": [0.6, 0.8]}").ok();
  }

  @Test
  void takesOneVectorADocument() throws Exception {
    http.put(
            "/" + index,
            """
            {"settings": {"index.omen": true}, "mappings": {"properties": {"o": {"properties":
              {"v": {"type": "omen_vector", "dimension": 1, "similarity": "l2"}}}}}}
            """)
        .ok();
    assertRefused(
        http.put("/" + index + "/_doc/1", "{\"o\": [{\"v\": [1]}, {\"v\": [2]}]}"),
        "field [o.v] holds one vector; more of them go into nested documents");
    http.put("/" + index + "/_doc/1", "{\"o\": [{\"v\": [1]}]}").ok();
  }

  @Test
  void documentsNeedNoVector() throws Exception {
    create("\"dimension\": 1, \"similarity\": \"l2\"").ok();
    http.put("/" + index + "/_doc/none", "{\"t\": \"a\"}").ok();
    http.put("/" + index + "/_doc/null", "{\"v\": null}").ok();
    http.put("/" + index + "/_doc/one?refresh=true", "{\"v\": [1]}").ok();
    Answer exists =
        http.post("/" + index + "/_search", "{\"query\": {\"exists\": {\"field\": \"v\"}}}");
    assertEquals(List.of("one"), exists.hits().stream().map(Hit::id).toList());
  }

  @Test
  void documentsNeedNoSourceBesideTheVectors() throws Exception {
    http.put(
            "/" + index,
            """
            {"settings": {"index.omen": true, "number_of_replicas": 0,
                          "index.derived_source.enabled": true},
             "mappings": {"properties": {
               "v": {"type": "omen_vector", "dimension": 2, "similarity": "l2"},
               "rank": {"type": "integer"}}}}
            """)
        .ok();
    http.put("/" + index + "/_doc/1", "{\"v\": [0.1, -3e-7], \"rank\": 1}").ok();
    http.put("/" + index + "/_doc/2", "{\"rank\": 2}").ok();
    // An update reads what there is before it is refreshed, and keeps the vector.
    http.post("/" + index + "/_update/1", "{\"doc\": {\"rank\": 7}}").ok();
    http.post("/" + index + "/_refresh", "").ok();
    assertEquals(
        Map.of("v", List.of(0.1, -3e-7), "rank", 7),
        http.get("/" + index + "/_doc/1").ok().at("_source"));
    assertEquals(Map.of("rank", 2), http.get("/" + index + "/_doc/2").ok().at("_source"));
    Hit hit =
        http.post(
                "/" + index + "/_search",
                "{\"query\": {\"omen_knn\": {\"v\": {\"vector\": [0, 0], \"k\": 1}}}}")
            .hits()
            .get(0);
    assertEquals(List.of(0.1, -3e-7), hit.at("_source", "v"));
  }

  @Test
  void standsBesideAnotherPluginWithACodec() throws Exception {
    String field = "\"dimension\": 3, \"similarity\": \"l2\"";
    assertRefused(
        create("\"index.omen\": true, \"index.knn\": true", field),
        "[index.omen] and [index.knn] can't both be true");
    create("\"index.omen\": true, \"index.knn\": false", field).ok();
    http.put("/" + index + "-other", "{\"settings\": {\"index.knn\": true}}").ok();
    for (String name : List.of(index, index + "-other")) {
      http.put("/" + name + "/_doc/1?refresh=true", "{\"t\": \"a\"}").ok();
    }
  }
}
