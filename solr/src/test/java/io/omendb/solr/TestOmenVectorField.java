/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.solr;

import static io.omendb.solr.WordVectors.group;
import static io.omendb.solr.WordVectors.query;
import static io.omendb.solr.WordVectors.score;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.omendb.solr.SolrClient.Hit;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Queries of the field type, on a server with SIMD. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TestOmenVectorField {
  private static final int ROWS = 20_000;
  private static final int K = 10;
  private static final int QUERIES = 100;
  private static final double LEAST_RECALL = 0.95;
  private static final float TOLERANCE = 1e-5f;

  private Path folder;
  private SolrServer server;
  private SolrClient core;

  @BeforeAll
  void index(@TempDir Path home) throws IOException {
    folder = home;
    SolrHome.withCore(folder, Readme.solrConfig(), SolrHome.schema(SolrHome.OMEN_FIELD));
    server = SolrServer.started(folder, SolrServer.SIMD);
    core = server.client().core("vectors");
    WordVectors.add(core, 0, ROWS);
  }

  @AfterAll
  void stop() {
    server.close();
  }

  @Test
  void usesTheFormatWithSimd() throws IOException {
    List<String> files = SolrHome.indexFiles(folder, "vectors");
    assertTrue(files.stream().anyMatch(f -> f.endsWith("_OmenVectors_0.vpq")), files.toString());
    assertFalse(files.stream().anyMatch(f -> f.contains("Hnsw")), files.toString());
    String log = server.log();
    assertTrue(log.contains("OmenDB vector kernels: "), log);
    assertFalse(log.contains("OmenDB vector kernels: scalar"), log);
  }

  @Test
  void findsTheNearest() throws IOException {
    assertRecall(row -> true, "q", "{!knn f=v topK=10 v=$vector}");
  }

  @Test
  void filtersNarrowTheSearch() throws IOException {
    String knn = "{!knn f=v topK=10 v=$vector}";
    assertRecall(row -> group(row) < 30, "q", knn, "fq", "group:[0 TO 29]");
    assertRecall(row -> group(row) == 7, "q", knn, "fq", "group:7");
    assertRecall(
        row -> group(row) < 30 && row % 2 == 0,
        "q",
        "{!knn f=v topK=10 preFilter=$pre preFilter=$even v=$vector}",
        "pre",
        "group:[0 TO 29]",
        "even",
        evenGroups());
  }

  private static String evenGroups() {
    return IntStream.range(0, WordVectors.GROUPS / 2)
        .mapToObj(half -> Integer.toString(2 * half))
        .collect(Collectors.joining(" ", "group:(", ")"));
  }

  @Test
  void taggedFiltersMayComeAfterTheSearch() throws IOException {
    String knn = "{!knn f=v topK=10 excludeTags=after v=$vector}";
    for (int query = 0; query < 20; query++) {
      List<Hit> all = hits(query, "q", knn);
      List<Hit> filtered = hits(query, "q", knn, "fq", "{!tag=after}group:[0 TO 49]");
      assertEquals(
          SolrClient.rows(all).stream().filter(row -> group(row) < 50).toList(),
          SolrClient.rows(filtered));
    }
  }

  @Test
  void findsAllAboveAThreshold() throws IOException {
    double recall = 0;
    int queries = 50;
    for (int query = 0; query < queries; query++) {
      int number = query;
      float threshold = WordVectors.leastScore(query, 100, ROWS, row -> true) - TOLERANCE;
      long expected =
          IntStream.range(0, ROWS).filter(row -> score(number, row) >= threshold).count();
      List<Hit> hits =
          hits(
              query,
              "q",
              "{!vectorSimilarity f=v minReturn=" + threshold + " v=$vector}",
              "rows",
              "1000");
      for (Hit hit : hits) {
        assertEquals(score(query, hit.row()), hit.score(), TOLERANCE);
        assertTrue(hit.score() >= threshold);
      }
      assertTrue(hits.size() <= expected);
      recall += (double) hits.size() / expected / queries;
    }
    assertTrue(recall >= LEAST_RECALL, "recall " + recall);
  }

  @Test
  void reranksWhatTextFinds() throws IOException {
    int query = 3;
    List<Hit> text = hits(query, "q", "text:g5", "sort", "row asc");
    List<Hit> reranked =
        hits(
            query,
            "q",
            "text:g5",
            "rq",
            "{!rerank reRankQuery=$vectors reRankDocs=200 reRankWeight=10}",
            "vectors",
            "{!vectorSimilarity f=v minReturn=-1 v=$vector}");
    List<Integer> expected =
        IntStream.range(0, ROWS)
            .filter(row -> group(row) == 5)
            .boxed()
            .sorted(Comparator.comparingDouble(row -> -score(query, row)))
            .limit(K)
            .toList();
    assertEquals(expected, SolrClient.rows(reranked));
    float textScore = text.get(0).score();
    for (Hit hit : reranked) {
      assertEquals(textScore + 10 * score(query, hit.row()), hit.score(), 1e-3f);
    }
  }

  @Test
  void addsToTheScoresOfText() throws IOException {
    for (int query = 0; query < 20; query++) {
      float textScore = hits(query, "q", "text:g5").get(0).score();
      List<Hit> nearest = hits(query, "q", "{!knn f=v topK=10 v=$vector}");
      List<Hit> hybrid =
          hits(
              query,
              "q",
              "{!bool should=$text should=$vectors}",
              "text",
              "text:g5",
              "vectors",
              "{!knn f=v topK=10 v=$vector}");
      List<Integer> found = SolrClient.rows(nearest);
      for (Hit hit : hybrid) {
        float expected =
            (group(hit.row()) == 5 ? textScore : 0)
                + (found.contains(hit.row()) ? score(query, hit.row()) : 0);
        assertEquals(expected, hit.score(), 1e-4f);
      }
    }
  }

  @Test
  void explainsScores() throws IOException {
    String[] parsers = {
      "{!knn f=v topK=10 v=$vector}",
      "{!vectorSimilarity f=v minReturn=0.7 v=$vector}",
      "+text:all +{!knn f=v topK=10 v=$vector}"
    };
    for (String parser : parsers) {
      JsonNode answer =
          core.select(
              "q",
              parser,
              "vector",
              query(1),
              "fl",
              "id,score",
              "debug",
              "results",
              "debug.explain.structured",
              "true");
      JsonNode documents = answer.path("response").path("docs");
      assertTrue(documents.size() > 0, parser);
      for (JsonNode document : documents) {
        JsonNode explanation =
            answer.path("debug").path("explain").path(document.path("id").asText());
        assertTrue(explanation.path("match").asBoolean(), answer.toPrettyString());
        assertEquals(
            document.path("score").floatValue(),
            explanation.path("value").floatValue(),
            TOLERANCE,
            parser);
      }
    }
  }

  @Test
  void honoursTheParsersOtherParameters() throws IOException {
    String[] parameters = {
      "efSearchScaleFactor=2",
      "filteredSearchThreshold=10",
      "seedQuery=$seed",
      "earlyTermination=true",
      "saturationThreshold=0.99 patience=20"
    };
    for (String parameter : parameters) {
      assertRecall(
          row -> group(row) < 50,
          "q",
          "{!knn f=v topK=10 " + parameter + " v=$vector}",
          "fq",
          "group:[0 TO 49]",
          "seed",
          "text:g5");
    }
  }

  @Test
  void largerScaleFactorsFindMore() throws IOException {
    double recall = recall(row -> true, "q", "{!knn f=v topK=10 efSearchScaleFactor=10 v=$vector}");
    assertTrue(recall >= 0.999, "recall " + recall);
  }

  @Test
  void functionsReadTheVectors() throws IOException {
    String function = "{!func}vectorSimilarity(FLOAT32, COSINE, v, " + query(0) + ")";
    List<Hit> hits = core.hits("q", function, "fq", "group:7");
    assertEquals(1.0, WordVectors.recall(hits, 0, K, ROWS, row -> group(row) == 7));
  }

  @Test
  void returnsStoredVectors() throws IOException {
    JsonNode vector =
        core.select("q", "id:17", "fl", "v").path("response").path("docs").path(0).path("v");
    assertEquals(WordVectors.DIMENSIONS, vector.size());
    JsonNode sent = new ObjectMapper().readTree(WordVectors.vector(17));
    for (int d = 0; d < WordVectors.DIMENSIONS; d++) {
      assertEquals(sent.get(d).floatValue(), vector.get(d).floatValue());
    }
  }

  @Test
  void answersTheSameAfterARestart() throws IOException {
    List<List<Hit>> before = answers();
    server.restart();
    List<List<Hit>> after = answers();
    for (int query = 0; query < before.size(); query++) {
      WordVectors.assertSame(before.get(query), after.get(query));
    }
  }

  private List<List<Hit>> answers() throws IOException {
    List<List<Hit>> answers = new ArrayList<>();
    for (int query = 0; query < 20; query++) {
      answers.add(hits(query, "q", "{!knn f=v topK=10 v=$vector}", "fq", "group:[0 TO 29]"));
    }
    return answers;
  }

  private void assertRecall(IntPredicate accepted, String... params) throws IOException {
    double recall = recall(accepted, params);
    assertTrue(recall >= LEAST_RECALL, "recall " + recall + " of " + Arrays.toString(params));
  }

  private double recall(IntPredicate accepted, String... params) throws IOException {
    double sum = 0;
    for (int query = 0; query < QUERIES; query++) {
      sum += WordVectors.recall(hits(query, params), query, K, ROWS, accepted);
    }
    return sum / QUERIES;
  }

  /** Hits of a query whose parameters refer to {@code $vector}. */
  private List<Hit> hits(int query, String... params) throws IOException {
    return core.hits(
        Stream.concat(Arrays.stream(params), Stream.of("vector", query(query)))
            .toArray(String[]::new));
  }
}
