/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.solr;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.omendb.lucene.OmenVectorsFormat;
import io.omendb.solr.SolrClient.Answer;
import io.omendb.solr.SolrClient.Hit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is wrong is refused where it is said, with a reason that names it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TestErrors {
  private Path home;
  private SolrServer server;
  private SolrClient core;

  @BeforeAll
  void start(@TempDir Path folder) {
    home = SolrHome.withCore(folder, Readme.solrConfig(), SolrHome.schema(SolrHome.OMEN_FIELD));
    server = SolrServer.started(home, SolrServer.QUICK);
    core = server.client().core("vectors");
  }

  @AfterAll
  void stop() {
    server.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "maxConn|1|maxConn must be in [2, 512]; maxConn=1",
        "maxConn|many|maxConn must be a whole number; maxConn=many",
        "beamWidth|0|beamWidth must be in [1, 3200]; beamWidth=0",
        "searchDepth|0|searchDepth must be in [0.1, 100]; searchDepth=0",
        "codesThreshold|0|codesThreshold must be in [1, 2147483647]; codesThreshold=0",
        "graphThreshold|-1|graphThreshold must be in [1, 2147483647]; graphThreshold=-1",
        "vectorDimension|0|vectorDimension must be in [1, 4096]; vectorDimension=0",
        "vectorDimension|4097|vectorDimension must be in [1, 4096]; vectorDimension=4097",
        "vectorDimension|x|vectorDimension must be a whole number; vectorDimension=x",
        "knnAlgorithm|hnsw|knnAlgorithm has no effect on OmenVectorField; its options are [maxConn",
        "hnswM|16|hnswM has no effect on OmenVectorField; its options are [maxConn",
        "maxCon|16|invalid arguments:{maxCon=16}"
      })
  void fieldTypes(String attribute, String value, String reason) throws IOException {
    Answer answer =
        core.postJson(
            "/schema",
            """
            {"add-field-type": {"name": "wrong", "class": "io.omendb.solr.OmenVectorField",
                                "vectorDimension": "4", "ATTRIBUTE": "VALUE"}}\
            """
                .replace("ATTRIBUTE", attribute)
                .replace("VALUE", value));
    assertBadRequest(
        answer, reason.startsWith("invalid") ? reason : "fieldType 'wrong': " + reason);
  }

  @Test
  void theSchemaKeepsOptions() throws IOException {
    core.update(
        "/schema",
        """
        {"add-field-type": {"name": "tuned", "class": "io.omendb.solr.OmenVectorField",
                            "vectorDimension": "4", "searchDepth": "1.5"}}\
        """);
    assertEquals(
        "1.5",
        SolrClient.succeeded(core.get("/schema/fieldtypes/tuned"))
            .path("fieldType")
            .path("searchDepth")
            .asText());
  }

  @Test
  void theMostDimensionsAreAccepted() throws IOException {
    core.update(
        "/schema",
        """
        {"add-field-type": {"name": "widest", "class": "io.omendb.solr.OmenVectorField",
                            "vectorDimension": "4096"},
         "add-field": {"name": "w", "type": "widest"}}\
        """);
    String vector = SolrClient.text(new float[OmenVectorsFormat.MAX_DIMENSIONS]);
    core.update("/update?commit=true", "[{\"id\": \"w\", \"row\": 5, \"w\": " + vector + "}]");
    assertEquals(List.of(new Hit(5, 1)), core.hits("q", "{!knn f=w topK=10}" + vector));
  }

  @Test
  void vectorsOfDocuments() throws IOException {
    String expected =
        "msg=field 'v': incorrect vector dimension. The vector value has size 3 while it is"
            + " expected a vector with size 100";
    assertBadRequest(core.postJson("/update", "[{\"id\": \"a\", \"v\": [1, 2, 3]}]"), expected);
    assertBadRequest(
        core.postJson("/update", "[{\"id\": \"a\", \"v\": {\"set\": [1, 2, 3]}}]"), expected);
    assertBadRequest(
        core.postJson("/update", "[{\"id\": \"a\", \"v\": 1}]"), "incorrect vector format");
    String infinite = WordVectors.vector(0).replaceFirst("\\[[^,]*", "[1e39");
    assertBadRequest(
        core.postJson("/update", "[{\"id\": \"a\", \"v\": " + infinite + "}]"),
        "field 'v': non-finite value at vector[0]=Infinity");
  }

  @Test
  void vectorsOfQueries() throws IOException {
    String expected = "incorrect vector dimension. The vector value has size 3 while it is";
    assertBadRequest(core.trySelect("q", "{!knn f=v topK=10}[1,2,3]"), expected);
    assertBadRequest(core.trySelect("q", "{!vectorSimilarity f=v minReturn=0}[1,2,3]"), expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "maxConn|1000|codecFactory OmenCodecFactory: maxConn must be in [2, 512]; maxConn=1000",
        "depth|2|codecFactory OmenCodecFactory: unknown [depth]; options are compressionMode and ["
      })
  void codecFactories(String option, String value, String reason) throws IOException {
    String factory =
        """
        <codecFactory class="io.omendb.solr.OmenCodecFactory">
          <str name="OPTION">VALUE</str>
        </codecFactory>
        </config>\
        """
            .replace("OPTION", option)
            .replace("VALUE", value);
    SolrHome.addCore(
        home,
        "wrong-" + option,
        Readme.solrConfig().replace("</config>", factory),
        SolrHome.schema(SolrHome.OMEN_FIELD));
    Files.delete(home.resolve("wrong-" + option + "/core.properties"));
    Answer answer =
        server.client().get("/admin/cores", "action", "CREATE", "name", "wrong-" + option);
    assertBadRequest(answer, reason);
  }

  private static void assertBadRequest(Answer answer, String reason) {
    assertEquals(400, answer.status(), answer.body().toPrettyString());
    assertTrue(answer.reason().contains(reason), answer.reason());
  }
}
