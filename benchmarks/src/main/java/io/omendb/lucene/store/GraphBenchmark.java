/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene.store;

import io.omendb.benchmarks.jmh.RandomData;
import io.omendb.lucene.blocks.RepresentativeGraph;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.IOContext;
import org.apache.lucene.store.IndexInput;
import org.apache.lucene.store.IndexOutput;
import org.apache.lucene.util.IOUtils;
import org.apache.lucene.util.InfoStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** What opening a segment does to its graph; time per node. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class GraphBenchmark {
  private static final String FILE = "graph";
  private static final int NODES = 4096;
  private static final int AXES = 64;
  private static final int MAX_CONN = 16;
  private static final int BEAM_WIDTH = 100;

  private Directory directory;
  private IndexInput input;

  /** Builds and writes a graph. */
  @Setup
  public void setUp() throws IOException {
    directory = new ByteBuffersDirectory();
    RepresentativeGraph graph =
        RepresentativeGraph.build(
            RandomData.floats(1, NODES * AXES), AXES, MAX_CONN, BEAM_WIDTH, InfoStream.NO_OUTPUT);
    try (IndexOutput out = directory.createOutput(FILE, IOContext.DEFAULT)) {
      GraphFormat.write(graph, out);
    }
    input = directory.openInput(FILE, IOContext.DEFAULT);
  }

  /** Closes the file. */
  @TearDown
  public void tearDown() throws IOException {
    IOUtils.close(input, directory);
  }

  /** Reads and checks the graph. */
  @Benchmark
  @OperationsPerInvocation(NODES)
  public RepresentativeGraph read() throws IOException {
    input.seek(0);
    return GraphFormat.read(input, NODES);
  }
}
