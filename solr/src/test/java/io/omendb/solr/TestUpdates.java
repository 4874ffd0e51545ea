/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.solr;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.omendb.solr.SolrClient.Hit;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Documents change, go and come back, with codes in every larger segment. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TestUpdates {
  private static final int ROWS = 4000;
  private static final int K = 10;

  private SolrServer server;
  private SolrClient core;

  @BeforeAll
  void start(@TempDir Path home) {
    SolrHome.withCore(home, Readme.solrConfig(), SolrHome.schema(SolrHome.OMEN_FIELD));
    server = SolrServer.started(home, SolrServer.QUICK);
    core = server.client().core("vectors");
  }

  @AfterAll
  void stop() {
    server.close();
  }

  @BeforeEach
  void index() throws IOException {
    core.update("/update", "{\"delete\": {\"query\": \"*:*\"}}");
    WordVectors.add(core, 0, ROWS);
  }

  @Test
  void atomicUpdatesKeepOrReplaceTheVector() throws IOException {
    core.update("/update", "[{\"id\": \"17\", \"text\": {\"set\": \"changed\"}}]");
    core.update("/update", "[{\"id\": \"18\", \"v\": {\"set\": " + WordVectors.query(0) + "}}]");
    core.update("/update", "{\"commit\": {}}");
    assertEquals(ROWS, count());
    List<Hit> changed =
        core.hits("q", "{!knn f=v topK=1}" + WordVectors.vector(17), "fq", "text:changed");
    assertEquals(List.of(17), SolrClient.rows(changed));
    assertEquals(1, changed.get(0).score(), 1e-6f);
    Hit best = nearest(0).get(0);
    assertEquals(18, best.row());
    assertEquals(1, best.score(), 1e-6f);
  }

  @Test
  void deletedDocumentsAreNotFound() throws IOException {
    core.update("/update", "{\"delete\": [\"1\", \"2\"]}");
    core.update("/update", "{\"delete\": {\"query\": \"group:[50 TO *]\"}, \"commit\": {}}");
    assertEquals(ROWS / 2 - 2, count());
    assertRecallOfTheRest();
    core.update("/update", "{\"optimize\": {\"maxSegments\": 1}}");
    assertRecallOfTheRest();
    assertEquals(1, segments());
  }

  private void assertRecallOfTheRest() throws IOException {
    double recall = 0;
    for (int query = 0; query < WordVectors.queries(); query++) {
      recall +=
          WordVectors.recall(
              nearest(query),
              query,
              K,
              ROWS,
              row -> WordVectors.group(row) < 50 && row != 1 && row != 2);
    }
    assertTrue(recall / WordVectors.queries() >= 0.95, "" + recall);
  }

  @Test
  void updatesAreInTheLogBeforeTheyAreCommitted() throws Exception {
    core.update("/update", "[{\"id\": \"17\", \"v\": {\"set\": " + WordVectors.query(1) + "}}]");
    core.update("/update", "{\"delete\": [\"18\"]}");
    JsonNode document = SolrClient.succeeded(core.get("/get", "id", "17")).path("doc");
    assertEquals(WordVectors.DIMENSIONS, document.path("v").size());
    assertFalse(nearest(1).get(0).row() == 17);

    server.crash();
    server.start();
    for (int tenths = 0; count() != ROWS - 1; tenths++) { // The log is replayed meanwhile.
      assertTrue(tenths < 600, count() + " documents");
      Thread.sleep(100);
    }
    assertEquals(17, nearest(1).get(0).row());
  }

  @Test
  void rowsComeBackInAnyOrder() throws IOException {
    for (int start = ROWS - 500; start >= 0; start -= 500) {
      WordVectors.add(core, start, start + 500);
    }
    assertEquals(ROWS, count());
    double recall = 0;
    for (int query = 0; query < WordVectors.queries(); query++) {
      recall += WordVectors.recall(nearest(query), query, K, ROWS, row -> true);
    }
    assertTrue(recall / WordVectors.queries() >= 0.95, "" + recall);
  }

  private List<Hit> nearest(int query) throws IOException {
    return core.hits("q", "{!knn f=v topK=10}" + WordVectors.query(query));
  }

  private int count() throws IOException {
    return core.select("q", "*:*", "rows", "0").path("response").path("numFound").asInt();
  }

  private int segments() throws IOException {
    return SolrClient.succeeded(core.get("/admin/segments")).path("segments").size();
  }
}
