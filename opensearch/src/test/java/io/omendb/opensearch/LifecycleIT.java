/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.opensearch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.omendb.opensearch.Http.Answer;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * The life of an index of 20,000 real vectors, on a node with the flags of an installation. Each
 * step goes on where the one before it ended, and after each all answers are checked exactly.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class LifecycleIT {
  private static final String INDEX = "words";

  private final float[][] vectors = WordVectors.base();
  private final float[][] queries = Arrays.copyOf(WordVectors.queries(), 20);
  private final Library library = new Library(INDEX);
  private ServerNode node;
  private Http http;

  @BeforeAll
  void start() throws Exception {
    node = new ServerNode("lifecycle", ServerNode.DEFAULT_FLAGS).alone().install().start();
    http = node.http();
  }

  @AfterAll
  void stop() throws Exception {
    node.close();
  }

  @Test
  @Order(1)
  void bulkIndexesAndFindsTheNearest() throws Exception {
    library.create(
        http,
        "\"number_of_shards\": 2, \"number_of_replicas\": 0, \"index.codec\": \"best_compression\"");
    library.index(http, vectors, 0, vectors.length);
    library.check(http, queries);
  }

  @Test
  @Order(2)
  void usesSimd() throws Exception {
    String log = Files.readString(node.log());
    assertTrue(log.contains("OmenDB vector kernels: vector-"), "see " + node.log());
  }

  @Test
  @Order(3)
  void updatesAndDeletesWhileSearching() throws Exception {
    AtomicBoolean done = new AtomicBoolean();
    try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
      List<Future<Integer>> searches =
          List.of(threads.submit(searching(done, 0)), threads.submit(searching(done, 10)));
      // Other vectors for a quarter of the documents.
      float[][] moved = vectors.clone();
      for (int id = 0; id < 5000; id++) {
        moved[id] = vectors[id + 5000];
        moved[id + 5000] = vectors[id];
      }
      library.index(http, moved, 0, 5000);
      library.refresh(http);
      library.delete(http, 5000, 10_000);
      library.refresh(http);
      library.index(http, moved, 5000, 7000);
      done.set(true);
      for (Future<Integer> search : searches) {
        assertTrue(search.get() > 0, "no search ran beside the updates");
      }
    }
    library.check(http, queries);
  }

  /** Searches until it is done; every answer must be whole. Returns the number of searches. */
  private Callable<Integer> searching(AtomicBoolean done, int first) {
    return () -> {
      int searches = 0;
      while (!done.get()) {
        float[] query = queries[(first + searches) % queries.length];
        assertEquals(10, library.search(http, query, "").size());
        searches++;
      }
      return searches;
    };
  }

  @Test
  @Order(4)
  void mergesIntoOneSegment() throws Exception {
    http.post("/" + INDEX + "/_forcemerge?max_num_segments=1", "").ok();
    library.refresh(http);
    String searchable = http.get("/_cat/segments/" + INDEX + "?h=searchable").ok().text();
    assertEquals(2, searchable.lines().filter(line -> line.contains("true")).count(), searchable);
    library.check(http, queries);
    library.checkMinScore(http, queries);
  }

  @Test
  @Order(5)
  void keepsTheCodecOfTheIndex() throws Exception {
    List<String> files = Directories.fileNames(node.data());
    for (String extension : List.of("vec", "vemf", "vpq", "vex", "vem")) {
      assertTrue(
          files.stream().anyMatch(name -> name.matches("_\\w+_OmenVectors_0\\." + extension)),
          extension + " in " + files);
    }
    String segments = http.get("/" + INDEX + "/_segments").ok().text();
    assertTrue(
        segments.contains("\"Lucene90StoredFieldsFormat.mode\":\"BEST_COMPRESSION\""), segments);
  }

  @Test
  @Order(6)
  void tellsItsStatistics() throws Exception {
    Answer stats = http.get("/_plugins/_omen/" + INDEX + "/stats").ok();
    Object field = stats.at("indices", INDEX, "fields", "vector");
    long vectors = number(field, "vectors");
    // Those of deleted documents may still be there.
    assertTrue(vectors >= library.size() && vectors <= 2L * library.size(), stats.text());
    assertEquals(vectors * WordVectors.DIMENSION * Float.BYTES, number(field, "raw_bytes"));
    // 32 bytes a vector; blocks of 64 are filled up.
    long codes = number(field, "code_bytes");
    assertTrue(codes >= 32 * vectors && codes <= 32 * (vectors + 2 * 63), stats.text());
    assertEquals(
        codes + number(field, "graph_bytes") + number(field, "codebook_bytes"),
        number(field, "hot_bytes"));
    assertTrue(number(field, "hot_bytes") < 64 * vectors, stats.text());
    assertEquals(
        number(field, "hot_bytes") + number(field, "raw_bytes"), number(field, "disk_bytes"));
    assertEquals(2, stats.number("_shards", "successful"));
    assertTrue(
        stats.text().matches("(?s).*\"codebook\":\\{\"id\":\"\\p{XDigit}{8}\",\"trained_on\":.*"));

    library.search(http, queries[0], "");
    Object searched =
        http.get("/_plugins/_omen/stats").ok().at("indices", INDEX, "fields", "vector");
    long rows = number(searched, "rows_reranked") - number(field, "rows_reranked");
    assertTrue(rows >= 10, "rows " + rows);
    assertTrue(number(searched, "codes_scored") - number(field, "codes_scored") > rows);
    field = searched;

    // Two documents match, one in either shard at most: they are compared without the index.
    library.search(http, queries[0], ", \"filter\": {\"terms\": {\"rank\": [12000, 12001]}}");
    Object after = http.get("/_plugins/_omen/stats").ok().at("indices", INDEX, "fields", "vector");
    assertEquals(number(field, "queries") + 2, number(after, "queries"));
    assertEquals(number(field, "visited") + 2, number(after, "visited"));
    assertTrue(number(after, "exact_fallbacks") > number(field, "exact_fallbacks"));
  }

  private static long number(Object field, String name) {
    return ((Number) ((Map<?, ?>) field).get(name)).longValue();
  }

  @Test
  @Order(7)
  void restartsEvenWithoutThePluginInBetween() throws Exception {
    node.stop();
    node.uninstall();
    node.start();
    String reason = "No handler for type [omen_vector]";
    String shard = "{\"index\": \"" + INDEX + "\", \"shard\": 0, \"primary\": true}";
    String explained =
        Patience.until(
            text -> text.contains(reason),
            () -> http.post("/_cluster/allocation/explain", shard).ok().text());
    assertTrue(explained.contains(reason), explained);
    Answer asked = http.post("/" + INDEX + "/_search", "{\"query\": {\"omen_knn\": {}}}");
    assertEquals(400, asked.status());
    assertTrue(asked.text().contains("unknown query [omen_knn]"), asked.text());

    node.stop();
    node.install().start();
    http.get("/_cluster/health/" + INDEX + "?wait_for_status=green&timeout=60s").ok();
    library.check(http, queries);
    library.index(http, vectors, 10_000, 10_100);
    library.check(http, queries);
  }

  @Test
  @Order(8)
  void comesBackFromSnapshot() throws Exception {
    http.put("/_snapshot/store", "{\"type\": \"fs\", \"settings\": {\"location\": \"store\"}}")
        .ok();
    http.put(
            "/_snapshot/store/words?wait_for_completion=true",
            "{\"indices\": \"" + INDEX + "\", \"include_global_state\": false}")
        .ok();
    http.delete("/" + INDEX).ok();
    http.post("/_snapshot/store/words/_restore?wait_for_completion=true", "{}").ok();
    library.check(http, queries);
    // What is restored goes on.
    library.index(http, vectors, 7000, 8000);
    library.check(http, queries);
  }
}
