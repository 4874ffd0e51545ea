/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.benchmarks.jmh;

import io.omendb.benchmarks.CodedVectors;
import io.omendb.lucene.quantize.PqEncoder;
import io.omendb.lucene.quantize.VectorSource;
import io.omendb.lucene.simd.NamedKernels;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/** Encoding; time per vector. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class EncodeBenchmark {
  private static final int VECTORS = 1024;

  /** Kernels that are measured. */
  @Param({NamedKernels.SCALAR, NamedKernels.VECTOR})
  public String implementation;

  /** Dimension of vectors. */
  @Param({"100", "768"})
  public int dimension;

  private final int[] ords = IntStream.range(0, VECTORS).toArray();
  private PqEncoder encoder;
  private VectorSource source;

  /** Draws vectors and a codebook. */
  @Setup
  public void setUp() {
    source = CodedVectors.source(RandomData.vectors(1, VECTORS, dimension));
    encoder = new PqEncoder(NamedKernels.of(implementation), RandomData.codebook(2, dimension));
  }

  /** Rotation and the nearest centroid of each subspace. */
  @Benchmark
  @OperationsPerInvocation(VECTORS)
  public void encode(Blackhole blackhole) throws IOException {
    encoder.encode(
        source, ords, 0, VECTORS, (ord, codes, offset) -> blackhole.consume(codes[offset]));
  }
}
