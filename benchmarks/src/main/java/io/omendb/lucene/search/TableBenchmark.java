/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene.search;

import io.omendb.benchmarks.jmh.RandomData;
import io.omendb.lucene.quantize.Codebook;
import io.omendb.lucene.quantize.Metric;
import io.omendb.lucene.simd.Kernels;
import io.omendb.lucene.simd.NamedKernels;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What a search does before it looks at a code; time per query. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class TableBenchmark {
  /** Kernels that are measured. */
  @Param({NamedKernels.SCALAR, NamedKernels.VECTOR})
  public String implementation;

  /** Dimension of vectors. */
  @Param({"100", "768"})
  public int dimension;

  private final float[] range = new float[2];
  private Kernels kernels;
  private Codebook codebook;
  private QueryTable table;
  private float[] rotated;
  private float[] costs;
  private float[][] queries;
  private int next;

  /** Draws a codebook and queries. */
  @Setup
  public void setUp() {
    kernels = NamedKernels.of(implementation);
    codebook = RandomData.codebook(1, dimension);
    table = new QueryTable(kernels, codebook);
    costs = new float[codebook.subspaces() * Kernels.CENTROIDS];
    rotated = RandomData.floats(2, codebook.axes());
    queries = RandomData.vectors(3, 2, dimension);
  }

  /** Costs of all centroids of all subspaces. */
  @Benchmark
  public float[] costs() {
    for (int s = 0; s < codebook.subspaces(); s++) {
      codebook.costs(kernels, s, rotated, 1, costs, range);
    }
    return costs;
  }

  /** All of it: rotation, dot products, 8-bit costs. Queries alternate, as a table is kept. */
  @Benchmark
  public byte[] prepare() {
    next ^= 1;
    table.prepare(queries[next], Metric.SQUARED_DISTANCE, false);
    return table.table();
  }
}
