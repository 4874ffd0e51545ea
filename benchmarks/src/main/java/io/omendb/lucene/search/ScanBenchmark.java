/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene.search;

import io.omendb.benchmarks.jmh.RandomData;
import io.omendb.lucene.quantize.Codebook;
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

/** Sums of the 8-bit table over 32-byte codes; time per vector. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ScanBenchmark {
  private static final int SUBSPACES = Codebook.MAX_SUBSPACES;
  private static final int BLOCK_BYTES = Kernels.BLOCK_SIZE * SUBSPACES;

  /** Enough for 8 MiB of codes. */
  private static final int BLOCKS = 4096;

  /** About one vector in forty costs less. */
  private static final int LIMIT = 3260;

  /** Kernels that are measured. */
  @Param({NamedKernels.SCALAR, NamedKernels.VECTOR})
  public String implementation;

  private final byte[] table = RandomData.bytes(1, SUBSPACES * Kernels.CENTROIDS);
  private final byte[] codes = RandomData.bytes(2, BLOCKS * BLOCK_BYTES);
  private final short[] sums = new short[Kernels.SCAN_SIZE];
  private final long[] below = new long[Kernels.SCAN_BLOCKS];
  private Kernels kernels;

  /** Picks the kernels. */
  @Setup
  public void setUp() {
    kernels = NamedKernels.of(implementation);
  }

  /** The same blocks again and again, from the nearest cache. */
  @Benchmark
  @OperationsPerInvocation(Kernels.SCAN_SIZE)
  public long oneScan() {
    kernels.scan(table, codes, 0, SUBSPACES, LIMIT, sums, below);
    return below[0];
  }

  /** Many blocks in a row. */
  @Benchmark
  @OperationsPerInvocation(BLOCKS * Kernels.BLOCK_SIZE)
  public long longRun() {
    long found = 0;
    for (int block = 0; block < BLOCKS; block += Kernels.SCAN_BLOCKS) {
      kernels.scan(table, codes, block * BLOCK_BYTES, SUBSPACES, LIMIT, sums, below);
      found += Long.bitCount(below[0]);
    }
    return found;
  }
}
