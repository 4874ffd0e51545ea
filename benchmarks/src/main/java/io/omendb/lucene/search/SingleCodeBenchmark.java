/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene.search;

import io.omendb.benchmarks.jmh.RandomData;
import io.omendb.lucene.quantize.Codebook;
import io.omendb.lucene.simd.Kernels;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What {@link ScanBenchmark} is to be held against: one code after the other; time per vector. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class SingleCodeBenchmark {
  private static final int SUBSPACES = Codebook.MAX_SUBSPACES;

  /** As many as in a long run of blocks. */
  private static final int VECTORS = 4096 * Kernels.BLOCK_SIZE;

  private final byte[] table = RandomData.bytes(1, SUBSPACES * Kernels.CENTROIDS);
  private final byte[] codes = RandomData.bytes(2, VECTORS * SUBSPACES);

  /** The same 64 codes again and again, from the nearest cache. */
  @Benchmark
  @OperationsPerInvocation(Kernels.BLOCK_SIZE)
  public int oneBlock() {
    return sum(Kernels.BLOCK_SIZE);
  }

  /** Many codes in a row. */
  @Benchmark
  @OperationsPerInvocation(VECTORS)
  public int longRun() {
    return sum(VECTORS);
  }

  private int sum(int vectors) {
    int sum = 0;
    for (int v = 0; v < vectors; v++) {
      sum += CodeLayout.cost(table, codes, v * SUBSPACES, SUBSPACES);
    }
    return sum;
  }
}
