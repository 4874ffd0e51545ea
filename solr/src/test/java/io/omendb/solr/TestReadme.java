/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.solr;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.omendb.solr.Readme.Command;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README's files and commands, in its order, with the answers that it shows. */
class TestReadme {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void commandsRunAsTheyStand(@TempDir Path home) throws Exception {
    assumeTrue(onPath("bash") && onPath("curl"), "bash and curl");
    SolrHome.create(home, Readme.block("`solr.xml` (in"));
    SolrHome.addCore(
        home, "passages", Readme.solrConfig(), Readme.block("`conf/managed-schema.xml`"));
    try (SolrServer server = SolrServer.started(home, SolrServer.QUICK)) {
      assertTrue(Readme.commands().size() > 8);
      for (Command command : Readme.commands()) {
        JsonNode answer = run(command.script(), server.url());
        if (command.answer() == null) {
          assertEquals(0, answer.path("responseHeader").path("status").asInt(), answer.toString());
        } else {
          assertAnswer(JSON.readTree(command.answer()), answer);
        }
      }
    }
  }

  /** An array shows documents, an object shows parts of an error. */
  private static void assertAnswer(JsonNode shown, JsonNode answer) {
    JsonNode given = answer.path(shown.isArray() ? "response" : "error");
    JsonNode compared = shown.isArray() ? given.path("docs") : given;
    if (shown.isArray()) {
      assertEquals(shown.size(), compared.size(), answer.toPrettyString());
      for (int i = 0; i < shown.size(); i++) {
        assertFields(shown.get(i), compared.get(i));
      }
    } else {
      assertFields(shown, compared);
    }
  }

  private static void assertFields(JsonNode shown, JsonNode given) {
    for (Map.Entry<String, JsonNode> field : shown.properties()) {
      JsonNode value = given.path(field.getKey());
      if (field.getValue().isDouble()) {
        assertEquals(field.getValue().doubleValue(), value.doubleValue(), 1e-6, given.toString());
      } else {
        assertEquals(field.getValue(), value, given.toString());
      }
    }
  }

  /** What the last of the commands prints. */
  private static JsonNode run(String script, String url) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder("bash", "-e", "-c", script);
    builder.environment().put("SOLR", url);
    builder.redirectErrorStream(true);
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), output);
    return JSON.readTree(output.substring(output.lastIndexOf("\n{") + 1));
  }

  private static boolean onPath(String program) {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }
}
