/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.benchmarks.compare;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.lucene.codecs.Codec;
import org.apache.lucene.search.KnnFloatVectorQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.RescoreTopNQuery;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;

/**
 * A vectors format of Lucene. Its knob is the k' of the query, of whose answers the best k count,
 * in the order of the format's scores or of exact ones.
 */
class LucenePeer implements Peer {
  private static final int[] FACTORS = {1, 2, 4, 8, 16, 32};

  private final String name;
  private final String description;
  private final CodecOfThreads codec;
  private final boolean walksRaw;
  private final boolean rescored;

  /** Makes the codec for a number of threads that a merge may use. */
  interface CodecOfThreads {
    Codec codec(int threads, ExecutorService executor);
  }

  /**
   * A format.
   *
   * @param walksRaw whether the walk over the graph scores raw rows
   * @param rescored whether to measure a second curve, in the order of exact scores
   */
  LucenePeer(
      String name, String description, CodecOfThreads codec, boolean walksRaw, boolean rescored) {
    this.name = name;
    this.description = description;
    this.codec = codec;
    this.walksRaw = walksRaw;
    this.rescored = rescored;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String description() {
    return description;
  }

  /** Whether the walk over the graph scores raw rows. */
  boolean walksRaw() {
    return walksRaw;
  }

  @Override
  public List<Setting> settings(int k) {
    List<Setting> settings = new ArrayList<>();
    for (int factor : FACTORS) {
      settings.add(new Setting(name, "k'", (double) factor * k, false));
    }
    if (rescored) {
      for (int factor : FACTORS) {
        settings.add(new Setting(name + " rescored", "k'", (double) factor * k, true));
      }
    }
    return settings;
  }

  /** The query that a setting stands for. */
  Query query(float[] vector, int k, Setting setting, RowFilter filter) {
    int wide = (int) setting.value();
    Query query = new KnnFloatVectorQuery(LuceneIndex.VECTOR, vector, wide, filter);
    return setting.rescored()
        ? RescoreTopNQuery.createFullPrecisionRescorerQuery(query, vector, LuceneIndex.VECTOR, k)
        : query;
  }

  @Override
  public BuildTimes build(float[][] rows, IndexFolders folders, int segments, int threads)
      throws IOException {
    try (Writing writing = writing(threads)) {
      LuceneBuild build = new LuceneBuild(rows, writing.codec(), threads);
      double addSeconds = build.add(folders.many(), segments);
      IndexFolders.copy(folders.many(), folders.one());
      try (HeapWatch heap = new HeapWatch()) {
        double mergeSeconds = build.merge(folders.one());
        return new BuildTimes(addSeconds, mergeSeconds, addSeconds + mergeSeconds, heap.bytes());
      }
    }
  }

  /** A codec and the threads that it may use besides those that call it. */
  record Writing(Codec codec, ExecutorService executor) implements AutoCloseable {
    @Override
    public void close() {
      executor.shutdownNow();
    }
  }

  Writing writing(int threads) {
    ExecutorService executor = Executors.newFixedThreadPool(threads);
    return new Writing(codec.codec(threads, executor), executor);
  }

  /** A codec for writing in one thread. */
  Codec codec() {
    return codec.codec(1, null);
  }

  @Override
  public PeerIndex open(Path folder, PageCache pages) throws IOException {
    Directory files = FSDirectory.open(folder);
    if (pages != null) {
      pages.reserve(PagedDirectory.heapBytes(files));
      files = new PagedDirectory(files, folder, pages);
    }
    return new LuceneIndex(this, files);
  }
}
