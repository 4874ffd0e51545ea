/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.benchmarks.jmh;

import io.omendb.lucene.quantize.KMeans;
import io.omendb.lucene.simd.Kernels;
import io.omendb.lucene.simd.NamedKernels;
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

/** A round of Lloyd's algorithm in one subspace; time per row. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class KMeansBenchmark {
  private static final int ROWS = 8192;
  private static final int AXES = 256;
  private static final int WIDTH = 8;

  /** Kernels that are measured. */
  @Param({NamedKernels.SCALAR, NamedKernels.VECTOR})
  public String implementation;

  private final float[] rows = RandomData.floats(1, ROWS * AXES);
  private Kernels kernels;

  /** Picks the kernels. */
  @Setup
  public void setUp() {
    kernels = NamedKernels.of(implementation);
  }

  /** Draws centroids, assigns all rows, and moves the centroids. */
  @Benchmark
  @OperationsPerInvocation(ROWS)
  public float[] round() {
    return KMeans.train(kernels, rows, 0, AXES, ROWS, WIDTH, Kernels.CENTROIDS, 1, 1);
  }
}
