/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene.search;

import io.omendb.benchmarks.jmh.RandomData;
import io.omendb.lucene.blocks.BinaryCodes;
import io.omendb.lucene.blocks.RepresentativeGraph;
import io.omendb.lucene.quantize.Metric;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.apache.lucene.util.InfoStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The way over the graph to the nearest representatives; time per query. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class WalkBenchmark {
  private static final int REPRESENTATIVES = 4096;
  private static final int AXES = 64;
  private static final int MAX_CONN = 16;
  private static final int BEAM_WIDTH = 100;

  /** Representatives to find. */
  @Param({"50", "400"})
  public int wanted;

  private RepresentativeGraph graph;
  private BinaryCodes.Query query;

  /** Builds the graph. */
  @Setup
  public void setUp() throws IOException {
    float[] representatives = RandomData.floats(1, REPRESENTATIVES * AXES);
    graph =
        RepresentativeGraph.build(
            representatives, AXES, MAX_CONN, BEAM_WIDTH, InfoStream.NO_OUTPUT);
    query =
        BinaryCodes.of(representatives, AXES)
            .query(RandomData.floats(2, AXES), Metric.SQUARED_DISTANCE);
  }

  /** Down the levels, then best first on binary codes. */
  @Benchmark
  public int[] nearest() {
    return GraphWalk.nearest(graph, query::cost, wanted);
  }
}
