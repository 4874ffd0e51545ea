/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.opensearch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** What can be checked of the deployments without the systems that run them. */
class TestDeployments {
  private static final Path DEPLOY = Path.of("deploy");

  private static List<Object> documents(String file) throws IOException {
    LoadSettings settings = LoadSettings.builder().setAllowDuplicateKeys(false).build();
    List<Object> documents = new ArrayList<>();
    new Load(settings)
        .loadAllFromString(Files.readString(DEPLOY.resolve(file)))
        .forEach(documents::add);
    return documents;
  }

  /** Merge keys are for the reader of the file to resolve. */
  private static Object setting(Map<?, ?> environment, String key) {
    return environment.containsKey(key)
        ? environment.get(key)
        : ((Map<?, ?>) environment.get("<<")).get(key);
  }

  @Test
  void composeNamesItsNodesConsistently() throws IOException {
    Object compose = documents("docker-compose.yml").get(0);
    Map<?, ?> services = (Map<?, ?>) Http.at(compose, "services");
    assertEquals(2, services.size());
    for (Map.Entry<?, ?> service : services.entrySet()) {
      Map<?, ?> environment = (Map<?, ?>) Http.at(service.getValue(), "environment");
      assertEquals(service.getKey(), setting(environment, "node.name"));
      assertEquals(
          String.join(",", services.keySet().stream().map(Object::toString).toList()),
          setting(environment, "discovery.seed_hosts"));
      String volume = (String) Http.at(service.getValue(), "volumes", 0);
      Map<?, ?> volumes = (Map<?, ?>) Http.at(compose, "volumes");
      assertTrue(volumes.containsKey(volume.substring(0, volume.indexOf(':'))), volume);
    }
    assertImage((String) Http.at(compose, "services", "node1", "image"));
    assertImage((String) Http.at(compose, "services", "node2", "image"));
  }

  @Test
  void manifestSelectsItsPodsAndFindsItsNodes() throws IOException {
    List<Object> documents = documents("kubernetes.yaml");
    Object set = documents.get(documents.size() - 1);
    assertEquals("StatefulSet", Http.at(set, "kind"));
    Object labels = Http.at(set, "spec", "template", "metadata", "labels");
    assertEquals(labels, Http.at(set, "spec", "selector", "matchLabels"));
    List<Object> services = new ArrayList<>();
    for (Object document : documents) {
      if (Http.at(document, "kind").equals("Service")) {
        assertEquals(labels, Http.at(document, "spec", "selector"));
        services.add(Http.at(document, "metadata", "name"));
      }
    }
    assertTrue(services.contains(Http.at(set, "spec", "serviceName")));
    Object container = Http.at(set, "spec", "template", "spec", "containers", 0);
    assertImage((String) Http.at(container, "image"));
    List<String> names = new ArrayList<>();
    for (int pod = 0; pod < (int) Http.at(set, "spec", "replicas"); pod++) {
      names.add(Http.at(set, "metadata", "name") + "-" + pod);
    }
    Map<Object, Object> environment = new HashMap<>();
    for (Object variable : (List<?>) Http.at(container, "env")) {
      environment.put(Http.at(variable, "name"), Http.at(variable, "value"));
    }
    assertEquals(String.join(",", names), environment.get("cluster.initial_cluster_manager_nodes"));
    assertTrue(services.contains(environment.get("discovery.seed_hosts")));
    assertEquals(
        Http.at(set, "spec", "volumeClaimTemplates", 0, "metadata", "name"),
        Http.at(container, "volumeMounts", 0, "name"));
  }

  @Test
  void imageIsOfTheVersionThatThePluginIsBuiltFor() throws IOException {
    String dockerfile = Files.readString(DEPLOY.resolve("Dockerfile"));
    String version = System.getProperty("omendb.tests.opensearch");
    assertTrue(dockerfile.contains("FROM opensearchproject/opensearch:" + version), dockerfile);
  }

  private static void assertImage(String image) {
    assertEquals("opensearch-omendb:" + System.getProperty("omendb.tests.opensearch"), image);
  }
}
