/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.benchmarks.jmh;

import io.omendb.lucene.blocks.BinaryCodes;
import io.omendb.lucene.quantize.Metric;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Distances to representatives by one bit a component; no kernel takes part. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class BinaryCodesBenchmark {
  private static final int REPRESENTATIVES = 8192;

  /** Components of a representative. */
  @Param({"100", "256"})
  public int axes;

  private BinaryCodes codes;
  private float[] vector;
  private BinaryCodes.Query query;

  /** Draws representatives and a query. */
  @Setup
  public void setUp() {
    codes = BinaryCodes.of(RandomData.floats(1, REPRESENTATIVES * axes), axes);
    vector = RandomData.floats(2, axes);
    query = codes.query(vector, Metric.SQUARED_DISTANCE);
  }

  /** Time per query: rotation, and four bits a component. */
  @Benchmark
  public BinaryCodes.Query prepare() {
    return codes.query(vector, Metric.SQUARED_DISTANCE);
  }

  /** Time per representative. */
  @Benchmark
  @OperationsPerInvocation(REPRESENTATIVES)
  public float score() {
    float sum = 0;
    for (int r = 0; r < REPRESENTATIVES; r++) {
      sum += query.cost(r);
    }
    return sum;
  }
}
