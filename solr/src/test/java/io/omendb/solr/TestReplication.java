/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.solr;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.omendb.solr.SolrClient.Hit;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A follower copies a leader's index files, codes and all. */
class TestReplication {
  private static final int ROWS = 6000;

  @Test
  void followersAnswerLikeTheirLeader(@TempDir Path leaderHome, @TempDir Path followerHome)
      throws Exception {
    String schema = SolrHome.schema(SolrHome.OMEN_FIELD);
    SolrHome.withCore(leaderHome, Readme.solrConfig(), schema);
    try (SolrServer leader = SolrServer.started(leaderHome, SolrServer.QUICK)) {
      SolrClient leaderCore = leader.client().core("vectors");
      WordVectors.add(leaderCore, 0, 3000);

      SolrHome.create(
          followerHome, "<solr><str name=\"allowUrls\">" + leader.url() + "</str></solr>");
      SolrHome.addCore(followerHome, "vectors", following(leader), schema);
      try (SolrServer follower = SolrServer.started(followerHome, SolrServer.QUICK)) {
        SolrClient followerCore = follower.client().core("vectors");
        assertSameAnswers(leaderCore, followerCore, 3000);

        WordVectors.add(leaderCore, 3000, ROWS);
        leaderCore.update(
            "/update",
            "{\"delete\": {\"query\": \"group:7\"}, \"optimize\": {\"maxSegments\": 1}}");
        assertSameAnswers(leaderCore, followerCore, ROWS - ROWS / WordVectors.GROUPS);
        assertTrue(
            SolrHome.indexFiles(followerHome, "vectors").stream()
                .anyMatch(file -> file.endsWith("_OmenVectors_0.vpq")));
      }
    }
  }

  private static String following(SolrServer leader) {
    return Readme.solrConfig()
        .replace(
            "</config>",
            """
              <requestHandler name="/replication" class="solr.ReplicationHandler">
                <lst name="follower">
                  <str name="leaderUrl">URL/vectors</str>
                  <str name="pollInterval">00:00:01</str>
                </lst>
              </requestHandler>
            </config>\
            """
                .replace("URL", leader.url()));
  }

  private static void assertSameAnswers(SolrClient leader, SolrClient follower, int rows)
      throws Exception {
    for (int tenths = 0; count(follower) != rows; tenths++) {
      assertTrue(tenths < 600, "the follower has " + count(follower) + " of " + rows);
      Thread.sleep(100);
    }
    for (int query = 0; query < 50; query++) {
      List<Hit> expected = nearest(leader, query);
      assertEquals(10, expected.size());
      WordVectors.assertSame(expected, nearest(follower, query));
    }
  }

  private static List<Hit> nearest(SolrClient core, int query) throws IOException {
    return core.hits("q", "{!knn f=v topK=10}" + WordVectors.query(query), "fq", "group:[0 TO 50]");
  }

  private static int count(SolrClient core) throws IOException {
    return core.select("q", "*:*", "rows", "0").path("response").path("numFound").asInt();
  }
}
