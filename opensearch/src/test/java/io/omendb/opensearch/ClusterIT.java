/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.opensearch;

import static io.omendb.opensearch.Http.json;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two nodes, of which the second comes and goes. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ClusterIT {
  private static final String HEALTH =
      "/_cluster/health?timeout=60s&wait_for_no_relocating_shards&";

  private final float[][] vectors = Arrays.copyOf(WordVectors.base(), 8000);
  private final float[][] queries = Arrays.copyOf(WordVectors.queries(), 20);
  private ServerNode first;
  private ServerNode second;
  private Http http;

  @BeforeAll
  void start() throws Exception {
    first = new ServerNode("first", ServerNode.QUICK_START);
    second = new ServerNode("second", ServerNode.QUICK_START);
    ServerNode.cluster(first, second);
    // One node decides, so that the cluster goes on without the other.
    second.with("node.roles", "[data]");
    first.install().start();
    second.start();
    http = first.http();
  }

  @AfterAll
  void stop() throws Exception {
    second.close();
    first.close();
  }

  @Test
  @Order(1)
  void nodesWithoutThePluginGetNoShards() throws Exception {
    new Library("lonely").create(http, "\"number_of_shards\": 1, \"number_of_replicas\": 1");
    http.get(HEALTH + "wait_for_nodes=2&wait_for_status=yellow").ok();
    String reasons =
        http.post(
                "/_cluster/allocation/explain",
                "{\"index\": \"lonely\", \"shard\": 0, \"primary\": false}")
            .ok()
            .text();
    assertTrue(
        reasons.contains(
            "the index has [index.omen: true], but node [second] lacks the plugin omendb"),
        reasons);
    second.stop();
    second.install().start();
    http.get(HEALTH + "wait_for_nodes=2&wait_for_status=green").ok();
    http.delete("/lonely").ok();
  }

  @ParameterizedTest
  @ValueSource(strings = {"DOCUMENT", "SEGMENT"})
  @Order(2)
  void losesNothingWhenANodeIsKilled(String replication) throws Exception {
    String index = replication.toLowerCase(Locale.ROOT);
    Library library = new Library(index);
    // Two shards: either node has a primary.
    library.create(
        http,
        json(
            "\"number_of_shards\": 2, \"number_of_replicas\": 1, \"index.replication.type\": \"%s\"",
            replication));
    http.get(HEALTH + "wait_for_status=green").ok();
    library.index(http, vectors, 0, 4000);
    checkBothCopies(library);

    try (ExecutorService load = Executors.newSingleThreadExecutor()) {
      Future<?> indexing =
          load.submit(() -> {
            library.index(http, vectors, 4000, 8000);
            library.delete(http, 0, 500);
            return null;
          });
      Thread.sleep(100);
      assertFalse(indexing.isDone(), "the node would be killed after the load, not under it");
      second.kill();
      indexing.get();
    }
    library.prefer("_local");
    library.check(http, queries);

    second.start();
    http.get(HEALTH + "wait_for_nodes=2&wait_for_status=green").ok();
    assertEquals(7500, library.size());
    checkBothCopies(library);
    checkStatistics(index);
    http.delete("/" + index).ok();
  }

  private void checkBothCopies(Library library) throws Exception {
    library.refresh(http);
    for (String copies : new String[] {"_primary", "_replica"}) {
      library.prefer(copies);
      // Segments are copied after a refresh, not within it.
      Patience.until(count -> count == library.size(), () -> library.count(http));
      library.check(http, queries);
    }
  }

  private void checkStatistics(String index) throws Exception {
    Http.Answer stats = http.get("/_plugins/_omen/" + index + "/stats").ok();
    assertEquals(4, stats.number("_shards", "successful"));
    assertTrue(
        stats.number("indices", index, "fields", "vector", "vectors") >= 2 * 7500, stats.text());
  }
}
