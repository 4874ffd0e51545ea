/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.solr;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.omendb.solr.SolrClient.Hit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An index of Solr's own vectors goes over to the format by configuration alone. */
class TestOmenCodecFactory {
  private static final int K = 10;
  private static final int QUERIES = 100;
  private static final int BEFORE = 1000;
  private static final int ROWS = 3200;
  private static final String HNSW_FILE = "_Lucene99HnswVectorsFormat_0.vex";
  private static final String OMEN_FILE = "_OmenVectors_0.vpq";

  /** As the README says, but of fewer dimensions. */
  private static final String OMEN_TYPE =
      Readme.block("In the schema, for the field types").replace("768", "100");

  private static final String HNSW_TYPE = OMEN_TYPE.replace(" knnAlgorithm=\"omen\"", "");

  private static final String WITH_FACTORY =
      Readme.solrConfig().replace("</config>", Readme.block("nothing to `omen`:") + "</config>");

  @TempDir private Path home;

  @Test
  void takesOverAnExistingIndexAndGivesItBack() throws Exception {
    SolrHome.withCore(home, Readme.solrConfig(), SolrHome.schema(HNSW_TYPE));
    try (SolrServer server = SolrServer.started(home, SolrServer.QUICK)) {
      SolrClient core = server.client().core("vectors");
      WordVectors.add(core, 0, BEFORE);
      assertTrue(files(HNSW_FILE));
      assertFalse(files(OMEN_FILE));

      configure(server, WITH_FACTORY, OMEN_TYPE);
      WordVectors.add(core, BEFORE, ROWS);
      assertTrue(files(HNSW_FILE));
      assertTrue(files(OMEN_FILE));
      recall(core); // That of Solr's graphs is not ours to judge; all else is checked.

      optimize(core, HNSW_FILE);
      assertTrue(recall(core) >= 0.95);
      server.restart();
      assertTrue(recall(core) >= 0.95);

      configure(server, WITH_FACTORY, HNSW_TYPE);
      core.update("/update", "[{\"id\": \"1\", \"text\": {\"set\": \"changed\"}}]");
      optimize(core, OMEN_FILE);
      configure(server, Readme.solrConfig(), HNSW_TYPE);
      server.stop();
      Files.delete(home.resolve("lib/" + jar("omendb.tests.solr.plugin")));
      Files.delete(home.resolve("lib/" + jar("omendb.tests.solr.codec")));
      server.start();
      recall(core);
      assertTrue(files(HNSW_FILE));
    }
  }

  private void configure(SolrServer server, String solrConfig, String vectorType)
      throws IOException {
    Path conf = home.resolve("vectors/conf");
    Files.writeString(conf.resolve("solrconfig.xml"), solrConfig);
    Files.writeString(conf.resolve("managed-schema.xml"), SolrHome.schema(vectorType));
    SolrClient.succeeded(
        server.client().get("/admin/cores", "action", "RELOAD", "core", "vectors"));
  }

  /** Rewrites the index, until no file of the kind is left. */
  private void optimize(SolrClient core, String kind) throws Exception {
    core.update("/update", "{\"optimize\": {\"maxSegments\": 1}}");
    for (int tenths = 0; files(kind); tenths++) {
      assertTrue(tenths < 600, SolrHome.indexFiles(home, "vectors").toString());
      Thread.sleep(100); // The last searcher of before holds them until it is closed.
    }
  }

  private static Path jar(String property) {
    return Path.of(System.getProperty(property)).getFileName();
  }

  @Test
  void fieldsOfOtherAlgorithmsStayAsTheyAre() throws IOException {
    String mixed =
        """
        <fieldType name="vector" class="solr.DenseVectorField"
                   vectorDimension="4" knnAlgorithm="omen"/>
        <fieldType name="hnsw" class="solr.DenseVectorField" vectorDimension="4"/>
        <fieldType name="bytes" class="solr.DenseVectorField"
                   vectorDimension="4" vectorEncoding="BYTE" knnAlgorithm="omen"/>
        <fieldType name="own" class="io.omendb.solr.OmenVectorField" vectorDimension="4"/>
        <fieldType name="ownBytes" class="io.omendb.solr.OmenVectorField"
                   vectorDimension="4" vectorEncoding="BYTE"/>
        <field name="h" type="hnsw"/>
        <field name="b" type="bytes"/>
        <field name="o" type="own"/>
        <field name="p" type="ownBytes"/>\
        """;
    SolrHome.withCore(home, WITH_FACTORY, SolrHome.schema(mixed));
    try (SolrServer server = SolrServer.started(home, SolrServer.QUICK)) {
      SolrClient core = server.client().core("vectors");
      String document =
          """
          [{"id": "N", "row": N, "v": [N,0,0,1], "h": [N,0,0,1], "b": [N,0,0,1],
            "o": [N,0,0,1], "p": [N,0,0,1]}]\
          """;
      for (int row = 0; row < 20; row++) {
        core.update("/update", document.replace("N", Integer.toString(row)));
      }
      core.update("/update", "{\"commit\": {}}");
      for (String field : List.of("v", "h", "b", "o", "p")) {
        List<Hit> hits = core.hits("q", "{!knn f=" + field + " topK=3}[7,0,0,1]");
        assertEquals(7, hits.get(0).row());
        assertEquals(List.of(1f, 0.5f, 0.5f), hits.stream().map(Hit::score).toList());
      }
      assertTrue(files(HNSW_FILE));
      assertTrue(files("_OmenVectors_0.vem"));
    }
  }

  private boolean files(String suffix) {
    return SolrHome.indexFiles(home, "vectors").stream().anyMatch(f -> f.endsWith(suffix));
  }

  private static double recall(SolrClient core) throws IOException {
    double sum = 0;
    for (int query = 0; query < QUERIES; query++) {
      List<Hit> hits = core.hits("q", "{!knn f=v topK=10}" + WordVectors.query(query));
      sum += WordVectors.recall(hits, query, K, ROWS, row -> true);
    }
    return sum / QUERIES;
  }
}
