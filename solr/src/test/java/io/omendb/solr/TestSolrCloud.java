/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.solr;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.omendb.solr.SolrClient.Hit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A collection of two shards with two replicas each, on two nodes, one of which misses updates. */
class TestSolrCloud {
  private static final int ROWS = 6000;
  private static final int K = 10;
  private static final int QUERIES = 100;

  private static final String SOLR_XML =
      """
      <solr>
        <solrcloud>
          <str name="host">127.0.0.1</str>
          <int name="hostPort">${solr.port.listen}</int>
        </solrcloud>
      </solr>
      """;

  private static final String ZOO_CFG =
      """
      tickTime=2000
      initLimit=10
      syncLimit=5
      """;

  @Test
  void shardsAndReplicas(@TempDir Path firstHome, @TempDir Path secondHome) throws Exception {
    SolrHome.create(firstHome, SOLR_XML);
    Files.writeString(firstHome.resolve("zoo.cfg"), ZOO_CFG);
    SolrHome.create(secondHome, SOLR_XML);
    try (SolrServer first = started(firstHome, "-Dsolr.zookeeper.server.enabled=true");
        SolrServer second = started(secondHome, "-DzkHost=127.0.0.1:" + (first.port() + 1000))) {
      createCollection(first.client());
      WordVectors.add(second.client().core("vectors"), 0, 3000);
      assertRecall(first.client().core("vectors"), 3000);

      second.stop();
      WordVectors.add(first.client().core("vectors"), 3000, ROWS);
      assertRecall(first.client().core("vectors"), ROWS);

      second.start();
      awaitActiveReplicas(first.client());
      assertReplicasAgree(first, second);
      assertRecall(second.client().core("vectors"), ROWS);
    }
  }

  private static SolrServer started(Path home, String mode) {
    return SolrServer.started(
        home, Stream.concat(SolrServer.QUICK.stream(), Stream.of(mode)).toList());
  }

  private static void createCollection(SolrClient node) throws IOException {
    byte[] configuration = SolrHome.zip(Readme.solrConfig(), SolrHome.schema(SolrHome.OMEN_FIELD));
    SolrClient.succeeded(
        node.post(
            "/admin/configs?action=UPLOAD&name=vectors",
            "application/octet-stream",
            configuration));
    SolrClient.succeeded(
        node.get(
            "/admin/collections",
            "action",
            "CREATE",
            "name",
            "vectors",
            "numShards",
            "2",
            "replicationFactor",
            "2",
            "collection.configName",
            "vectors"));
  }

  private static void awaitActiveReplicas(SolrClient node) throws Exception {
    for (int tenths = 0; activeReplicas(node).size() < 4; tenths++) {
      assertTrue(tenths < 1200, "active: " + activeReplicas(node));
      Thread.sleep(100);
    }
  }

  private static List<String> activeReplicas(SolrClient node) throws IOException {
    JsonNode cluster =
        SolrClient.succeeded(node.get("/admin/collections", "action", "CLUSTERSTATUS"))
            .path("cluster");
    String live = cluster.path("live_nodes").toString();
    return cluster.path("collections").path("vectors").findParents("core").stream()
        .filter(replica -> replica.path("state").asText().equals("active"))
        .filter(replica -> live.contains(replica.path("node_name").asText()))
        .map(replica -> replica.path("core").asText())
        .toList();
  }

  /** Both replicas of a shard hold the same documents and find the same ones. */
  private static void assertReplicasAgree(SolrServer first, SolrServer second) throws IOException {
    List<String> cores = activeReplicas(first.client());
    int rows = 0;
    for (String shard : List.of("shard1", "shard2")) {
      List<SolrClient> replicas =
          cores.stream()
              .filter(core -> core.contains(shard))
              .map(core -> holder(core, first, second).client().core(core))
              .toList();
      assertEquals(2, replicas.size());
      int count = count(replicas.get(0));
      assertEquals(count, count(replicas.get(1)));
      rows += count;
      for (int query = 0; query < 20; query++) {
        WordVectors.assertSame(
            nearest(replicas.get(0), query, "false"), nearest(replicas.get(1), query, "false"));
      }
    }
    assertEquals(ROWS, rows);
  }

  private static SolrServer holder(String core, SolrServer first, SolrServer second) {
    return Files.isDirectory(first.home().resolve(core)) ? first : second;
  }

  private static int count(SolrClient core) throws IOException {
    return core.select("q", "*:*", "rows", "0", "distrib", "false")
        .path("response")
        .path("numFound")
        .asInt();
  }

  private static void assertRecall(SolrClient collection, int rows) throws IOException {
    double sum = 0;
    for (int query = 0; query < QUERIES; query++) {
      List<Hit> hits = nearest(collection, query, "true");
      sum += WordVectors.recall(hits, query, K, rows, row -> WordVectors.group(row) < 50);
    }
    assertTrue(sum / QUERIES >= 0.95, "recall " + sum / QUERIES);
  }

  private static List<Hit> nearest(SolrClient collection, int query, String distributed)
      throws IOException {
    return collection.hits(
        "q",
        "{!knn f=v topK=10}" + WordVectors.query(query),
        "fq",
        "group:[0 TO 49]",
        "distrib",
        distributed);
  }
}
