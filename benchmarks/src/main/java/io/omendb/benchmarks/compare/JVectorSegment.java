/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.benchmarks.compare;

import io.github.jbellis.jvector.disk.RandomAccessReader;
import io.github.jbellis.jvector.disk.ReaderSupplier;
import io.github.jbellis.jvector.disk.ReaderSupplierFactory;
import io.github.jbellis.jvector.graph.disk.OnDiskGraphIndex;
import io.github.jbellis.jvector.quantization.PQVectors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * An open graph of JVector and the codes of its vectors.
 *
 * @param from the row of its first vector
 */
record JVectorSegment(
    int from, Path graphFile, ReaderSupplier reader, OnDiskGraphIndex graph, PQVectors codes)
    implements AutoCloseable {
  static final String GRAPH = ".graph";

  private static final String CODES = ".codes";

  static Path graph(Path folder, int from) {
    return folder.resolve(name(from) + GRAPH);
  }

  static Path codes(Path folder, int from) {
    return folder.resolve(name(from) + CODES);
  }

  /** As many digits as any row has, so that files sort by row. */
  private static String name(int from) {
    return String.format(Locale.ROOT, "%010d", from);
  }

  static JVectorSegment open(Path graphFile, PageCache pages) throws IOException {
    String file = graphFile.getFileName().toString();
    int from = Integer.parseInt(file.substring(0, file.length() - GRAPH.length()));
    Path codesFile = codes(graphFile.getParent(), from);
    if (pages != null) {
      pages.reserve(Files.size(codesFile));
    }
    PQVectors codes;
    try (ReaderSupplier supplier = ReaderSupplierFactory.open(codesFile);
        RandomAccessReader reader = supplier.get()) {
      codes = PQVectors.load(reader);
    }
    ReaderSupplier supplier =
        pages == null
            ? ReaderSupplierFactory.open(graphFile)
            : PagedReader.supplier(graphFile, pages);
    return new JVectorSegment(from, graphFile, supplier, OnDiskGraphIndex.load(supplier), codes);
  }

  int size() {
    return codes.count();
  }

  long codeBytes() throws IOException {
    return Files.size(codes(graphFile.getParent(), from));
  }

  /** Bytes of raw vectors, which lie within the graph's file. */
  long rawBytes() {
    return (long) size() * graph.getDimension() * Float.BYTES;
  }

  long graphFileBytes() throws IOException {
    return Files.size(graphFile);
  }

  @Override
  public void close() throws IOException {
    graph.close();
    reader.close();
  }
}
