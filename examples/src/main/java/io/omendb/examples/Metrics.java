/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.examples;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.omendb.lucene.observe.BuildReport;
import io.omendb.lucene.observe.Observers;
import io.omendb.lucene.observe.OmenObserver;
import io.omendb.lucene.observe.SearchReport;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** How do I watch it? An observer that feeds a metrics library, here Micrometer. */
public final class Metrics implements OmenObserver {
  private final MeterRegistry registry;

  Metrics(MeterRegistry registry) {
    this.registry = registry;
  }

  @Override
  public void searched(SearchReport report) {
    String regime = report.cost().regime().name();
    time("omendb.search.table", report.field(), regime, report.cost().tableNanos());
    time("omendb.search.probe", report.field(), regime, report.cost().probeNanos());
    time("omendb.search.rerank", report.field(), regime, report.cost().rerankNanos());
    DistributionSummary.builder("omendb.search.rows")
        .description("Raw vectors read by a search of a segment")
        .tag("field", report.field())
        .tag("regime", regime)
        .register(registry)
        .record(report.cost().rows());
  }

  @Override
  public void built(BuildReport report) {
    String kind = report.merge() ? "merge" : "flush";
    Counter.builder("omendb.build.vectors")
        .tag("field", report.field())
        .tag("kind", kind)
        .register(registry)
        .increment(report.vectors());
    long nanos = report.trainNanos() + report.encodeNanos() + report.layoutNanos();
    time("omendb.build", report.field(), kind, nanos);
  }

  private void time(String name, String field, String kind, long nanos) {
    Timer.builder(name)
        .tag("field", field)
        .tag("kind", kind)
        .register(registry)
        .record(nanos, TimeUnit.NANOSECONDS);
  }

  /** Searches a small index and prints the meters. */
  public static void main(String[] args) throws IOException {
    SimpleMeterRegistry registry = new SimpleMeterRegistry();
    Metrics metrics = new Metrics(registry);
    Observers.add(metrics);
    try {
      DropIn.indexAndSearch(
          Files.createTempDirectory("metrics"),
          List.of(new float[] {0, 0, 1}, new float[] {0, 1, 0}),
          new float[] {0, .9f, .1f});
    } finally {
      Observers.remove(metrics);
    }
    System.out.print(registry.getMetersAsString());
  }
}
