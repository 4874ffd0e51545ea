/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.opensearch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class SmokeIT {
  @Test
  void test() throws Exception {
    try (ServerNode node =
        new ServerNode("one", ServerNode.QUICK_START).alone().install().start()) {
      System.out.println(node.http().get("/_cat/plugins").text());
      System.out.println(
          node.http()
              .put(
                  "/i",
                  "{\"settings\":{\"index.omen\":true,\"number_of_replicas\":0},\"mappings\":{\"properties\":{\"v\":{\"type\":\"omen_vector\",\"dimension\":2,\"similarity\":\"l2\"}}}}")
              .text());
      System.out.println(node.http().put("/i/_doc/1?refresh=true", "{\"v\":[1,2]}").text());
      System.out.println(
          node.http()
              .post("/i/_search", "{\"query\":{\"omen_knn\":{\"v\":{\"vector\":[1,1],\"k\":1}}}}")
              .text());
      assertEquals(1, 1);
    }
  }
}
