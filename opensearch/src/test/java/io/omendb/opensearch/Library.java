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
import java.io.IOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.IntPredicate;

/**
 * An index of word vectors, and beside it what is in it, by which answers are checked exactly.
 * Document {@code i} has a keyword {@code group} of ten values and a number {@code rank}, both by
 * {@code i}.
 */
final class Library {
  /** Documents in one bulk request. */
  private static final int BATCH = 1000;

  private static final int K = 10;

  /** Times that a bulk request is sent. */
  private static final int TRIES = 3;

  /** Recall that answers must reach. */
  private static final double RECALL = 0.95;

  private final String index;
  private String preference = "_local";
  private final ConcurrentMap<Integer, float[]> documents = new ConcurrentHashMap<>();

  Library(String index) {
    this.index = index;
  }

  /** Creates the index with further settings, as in {@code "index.codec": "best_compression"}. */
  void create(Http http, String settings) throws Exception {
    http.put(
            "/" + index,
            json(
                """
                {"settings": {"index.omen": true, %s},
                 "mappings": {"properties": {
                   "vector": {"type": "omen_vector", "dimension": %d, "similarity": "cosine"},
                   "group": {"type": "keyword"},
                   "rank": {"type": "integer"}}}}
                """,
                settings, WordVectors.DIMENSION))
        .ok();
  }

  /** Adds or replaces documents {@code [from, to)}, giving each the vector of its row. */
  void index(Http http, float[][] vectors, int from, int to) throws Exception {
    for (int start = from; start < to; start += BATCH) {
      StringBuilder bulk = new StringBuilder();
      int end = Math.min(to, start + BATCH);
      for (int id = start; id < end; id++) {
        bulk.append("{\"index\": {\"_id\": \"").append(id).append("\"}}\n");
        bulk.append(source(id, vectors[id])).append('\n');
      }
      bulk(http, bulk);
      for (int id = start; id < end; id++) {
        documents.put(id, vectors[id]);
      }
    }
  }

  /** Deletes documents {@code [from, to)}. */
  void delete(Http http, int from, int to) throws Exception {
    StringBuilder bulk = new StringBuilder();
    for (int id = from; id < to; id++) {
      bulk.append("{\"delete\": {\"_id\": \"").append(id).append("\"}}\n");
    }
    bulk(http, bulk);
    for (int id = from; id < to; id++) {
      documents.remove(id);
    }
  }

  /** As clients do, once more where the answer is an error: a node may have gone. */
  private void bulk(Http http, StringBuilder bulk) throws Exception {
    Answer answer = http.post("/" + index + "/_bulk", bulk.toString()).ok();
    for (int tries = 1; tries < TRIES && answer.at("errors").equals(true); tries++) {
      answer = http.post("/" + index + "/_bulk", bulk.toString()).ok();
    }
    assertEquals(false, answer.at("errors"), answer.text());
  }

  private static String source(int id, float[] vector) {
    return json(
        "{\"group\": \"%s\", \"rank\": %d, \"vector\": %s}",
        group(id), id, Arrays.toString(vector));
  }

  private static String group(int id) {
    return "g" + id % 10;
  }

  void refresh(Http http) throws Exception {
    http.post("/" + index + "/_refresh", "").ok();
  }

  /** Asks for the nearest documents; {@code options} go into the query, as in {@code , "a": 1}. */
  List<Hit> search(Http http, float[] query, String options)
      throws IOException, InterruptedException {
    return searchBy(http, query, json("\"k\": %d %s", K, options));
  }

  private List<Hit> searchBy(Http http, float[] query, String limits)
      throws IOException, InterruptedException {
    return http.post(
            "/" + index + "/_search?preference=" + preference,
            json(
                """
                {"size": %d, "_source": false,
                 "query": {"omen_knn": {"vector": {"vector": %s, %s}}}}
                """,
                K, Arrays.toString(query), limits))
        .hits();
  }

  /** Has the copies of shards asked that a preference of OpenSearch names. */
  void prefer(String preference) {
    this.preference = preference;
  }

  /** Number of documents there should be. */
  int size() {
    return documents.size();
  }

  /** Number of documents that are found. */
  long count(Http http) throws Exception {
    return http.get("/" + index + "/_count?preference=" + preference).ok().number("count");
  }

  /** Checks the number of documents, and recall without a filter and with several. */
  void check(Http http, float[][] queries) throws Exception {
    refresh(http);
    assertEquals(size(), count(http));
    checkRecall(http, queries, "", id -> true);
    checkRecall(http, queries, ", \"filter\": {\"term\": {\"group\": \"g3\"}}", id -> id % 10 == 3);
    checkRecall(
        http,
        queries,
        ", \"filter\": {\"range\": {\"rank\": {\"gte\": 3000, \"lt\": 3150}}}",
        id -> id >= 3000 && id < 3150);
  }

  private void checkRecall(Http http, float[][] queries, String options, IntPredicate accepted)
      throws Exception {
    int found = 0;
    int wanted = 0;
    for (float[] query : queries) {
      Set<String> truth = nearest(query, accepted);
      List<Hit> hits = search(http, query, options);
      assertEquals(truth.size(), hits.size(), options);
      Set<String> ids = new HashSet<>();
      for (Hit hit : hits) {
        int id = Integer.parseInt(hit.id());
        assertTrue(accepted.test(id), options);
        assertEquals(score(query, documents.get(id)), hit.score(), 1e-5, options);
        ids.add(hit.id());
      }
      ids.retainAll(truth);
      found += ids.size();
      wanted += truth.size();
    }
    double recall = (double) found / wanted;
    assertTrue(recall >= RECALL, "recall " + recall + " " + options);
  }

  /** Checks that the documents that reach a score are found: those that are nearest. */
  void checkMinScore(Http http, float[][] queries) throws Exception {
    int found = 0;
    for (float[] query : queries) {
      Set<String> truth = nearest(query, id -> true);
      double least =
          truth.stream()
              .mapToDouble(id -> score(query, documents.get(Integer.valueOf(id))))
              .min()
              .orElseThrow();
      // Less by what the server's 32-bit scores may be off.
      for (Hit hit : searchBy(http, query, json("\"min_score\": %s", least - 1e-6))) {
        assertTrue(hit.score() >= least - 1e-5, hit + " scores less than " + least);
        found += truth.contains(hit.id()) ? 1 : 0;
      }
    }
    double recall = (double) found / (K * queries.length);
    assertTrue(recall >= RECALL, "recall " + recall + " of min_score");
  }

  private Set<String> nearest(float[] query, IntPredicate accepted) {
    Set<String> nearest = new HashSet<>();
    documents.entrySet().stream()
        .filter(document -> accepted.test(document.getKey()))
        .map(document -> Map.entry(document.getKey(), score(query, document.getValue())))
        .sorted(Map.Entry.<Integer, Double>comparingByValue(Comparator.reverseOrder()))
        .limit(K)
        .forEach(document -> nearest.add(document.getKey().toString()));
    return nearest;
  }

  /** Half of one plus the cosine. */
  private static double score(float[] a, float[] b) {
    double product = 0;
    double squareA = 0;
    double squareB = 0;
    for (int d = 0; d < a.length; d++) {
      product += (double) a[d] * b[d];
      squareA += (double) a[d] * a[d];
      squareB += (double) b[d] * b[d];
    }
    return (1 + product / Math.sqrt(squareA * squareB)) / 2;
  }
}
