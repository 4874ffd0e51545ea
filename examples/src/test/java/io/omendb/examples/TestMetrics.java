/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.omendb.lucene.observe.BuildReport;
import io.omendb.lucene.observe.Observers;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestMetrics {
  @Test
  void searchesAreMeasured(@TempDir Path folder) throws IOException {
    SimpleMeterRegistry registry = new SimpleMeterRegistry();
    Metrics metrics = new Metrics(registry);
    Observers.add(metrics);
    try {
      DropIn.indexAndSearch(
          folder, List.of(new float[] {1, 0}, new float[] {0, 1}), new float[] {0, .9f});
    } finally {
      assertTrue(Observers.remove(metrics));
    }
    assertEquals(
        2, registry.get("omendb.search.rows").tags("field", "v", "regime", "RAW").summary().max());
    assertEquals(1, registry.get("omendb.search.rerank").timer().count());
  }

  @Test
  void buildsAreMeasured() {
    SimpleMeterRegistry registry = new SimpleMeterRegistry();
    Metrics metrics = new Metrics(registry);
    metrics.built(
        new BuildReport("_1", "v", 5000, true, false, .2f, 5000, 1_000_000, 2_000_000, 3_000_000));
    assertEquals(5000, registry.get("omendb.build.vectors").tag("kind", "merge").counter().count());
    assertEquals(6, registry.get("omendb.build").timer().totalTime(TimeUnit.MILLISECONDS));
  }
}
