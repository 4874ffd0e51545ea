/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.benchmarks.compare;

import io.omendb.benchmarks.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.Stream;

/**
 * JVector, which is not a format of Lucene: each segment is a graph file of its own, with the raw
 * vectors inline, beside a file of product-quantization codes, which are kept in heap. Searches
 * walk on the codes and rerank with the raw vectors. One segment is built from nothing, for that is
 * JVector's best way to get it. Segments are searched one after another, each for its share of the
 * candidates as Lucene reckons it.
 */
final class JVectorPeer implements Peer {
  private static final double[] OVERQUERY = {1, 2, 5, 10, 20, 40};

  /** JVector's default: a byte for so many dimensions. */
  private static final int DIMENSIONS_OF_BYTE = 8;

  private final String name;
  private final int codeBytes;

  private JVectorPeer(String name, int codeBytes) {
    this.name = name;
    this.codeBytes = codeBytes;
  }

  /** With codes of that many bytes, and the graph built on the raw vectors. */
  static JVectorPeer withCodeBytes(int bytes) {
    return new JVectorPeer("jvector-pq" + bytes, bytes);
  }

  /** With the settings that its benchmarks call default. */
  static JVectorPeer withDefaults() {
    return new JVectorPeer("jvector-default", 0);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String description() {
    String graph =
        codeBytes == 0
            ? "a code byte for "
                + DIMENSIONS_OF_BYTE
                + " dimensions, graph built on the codes, M 32"
            : codeBytes
                + " code bytes, graph built on raw vectors, M 32 below (as of Lucene's 16), 16";
    return JVectorBuildInfo.text()
        + ", "
        + graph
        + ", beam "
        + Peers.BEAM_WIDTH
        + ", overflow 1.2, alpha 1.2, hierarchy; raw vectors inline, rerankK = overquery * k;"
        + " exact where a filter leaves fewer rows than the walk would score";
  }

  @Override
  public List<Setting> settings(int k) {
    return Arrays.stream(OVERQUERY).mapToObj(this::setting).toList();
  }

  private Setting setting(double overquery) {
    return new Setting(name, "overquery", overquery, false);
  }

  @Override
  public BuildTimes build(float[][] rows, IndexFolders folders, int segments, int threads)
      throws IOException {
    int dimension = rows[0].length;
    JVectorBuild build =
        codeBytes == 0
            ? new JVectorBuild(Math.max(1, dimension / DIMENSIONS_OF_BYTE), true)
            : new JVectorBuild(Math.min(codeBytes, dimension), false);
    try (ForkJoinPool pool = new ForkJoinPool(threads)) {
      Progress many = new Progress(segments + " graphs", rows.length);
      Files.createDirectories(folders.many());
      for (int segment = 0; segment < segments; segment++) {
        int from = (int) ((long) rows.length * segment / segments);
        int to = (int) ((long) rows.length * (segment + 1) / segments);
        build.write(folders.many(), rows, from, to, pool);
        many.step(to - from);
      }
      many.done();
      double manySeconds = many.seconds();
      Files.createDirectories(folders.one());
      try (HeapWatch heap = new HeapWatch()) {
        Progress one = new Progress("one graph", 1);
        build.write(folders.one(), rows, 0, rows.length, pool);
        one.step(1);
        one.done();
        double seconds = one.seconds();
        return new BuildTimes(manySeconds, seconds, seconds, heap.bytes());
      }
    }
  }

  @Override
  public PeerIndex open(Path folder, PageCache pages) throws IOException {
    List<Path> graphs;
    try (Stream<Path> files = Files.list(folder)) {
      graphs =
          files.filter(file -> file.toString().endsWith(JVectorSegment.GRAPH)).sorted().toList();
    }
    List<JVectorSegment> segments = new ArrayList<>();
    for (Path graph : graphs) {
      segments.add(JVectorSegment.open(graph, pages));
    }
    return new JVectorIndex(segments);
  }
}
