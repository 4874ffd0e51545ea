/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.benchmarks.soak;

import io.omendb.lucene.OmenCodec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.apache.lucene.codecs.Codec;
import org.apache.lucene.index.ConcurrentMergeScheduler;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.SearcherManager;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.util.IOUtils;

/**
 * An index of default options on disk whose writer can be restarted under those who use it. For all
 * threads, but one alone commits, merges and restarts.
 */
final class SoakIndex implements AutoCloseable {
  private final Path folder;

  /** Written to restart, read to use the writer. */
  private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();

  private Directory directory;
  private IndexWriter writer;
  private SearcherManager searchers;

  /** Opens an index, or makes an empty one. */
  SoakIndex(Path folder) throws IOException {
    this.folder = folder;
    open();
  }

  private void open() throws IOException {
    directory = FSDirectory.open(folder);
    writer =
        new IndexWriter(
            directory,
            new IndexWriterConfig()
                .setCodec(OmenCodec.over(Codec.getDefault()))
                .setMergeScheduler(new ConcurrentMergeScheduler()));
    searchers = new SearcherManager(writer, null);
  }

  /** Draws a change, unless a restart is under way, and makes it. */
  void change(LiveDocuments documents) throws IOException {
    lock.readLock().lock();
    try {
      apply(documents, documents.next());
    } finally {
      lock.readLock().unlock();
    }
  }

  /** Makes a change. */
  void apply(LiveDocuments documents, LiveDocuments.Change change) throws IOException {
    if (change.deletes()) {
      writer.deleteDocuments(change.term());
    } else {
      writer.updateDocument(change.term(), documents.document(change));
    }
  }

  void commit() throws IOException {
    writer.commit();
  }

  /** Merges into one segment. */
  void forceMerge() throws IOException {
    writer.forceMerge(1);
  }

  /** Shows searches what was changed. */
  void refresh() throws IOException {
    lock.readLock().lock();
    try {
      searchers.maybeRefresh();
    } finally {
      lock.readLock().unlock();
    }
  }

  /** What is done with a searcher. */
  interface Use<T> {
    T of(IndexSearcher searcher) throws IOException;
  }

  /** Uses the last refreshed searcher, which outlives a restart. */
  <T> T search(Use<T> use) throws IOException {
    IndexSearcher searcher;
    lock.readLock().lock();
    try {
      searcher = searchers.acquire();
    } finally {
      lock.readLock().unlock();
    }
    try {
      return use.of(searcher);
    } finally {
      searcher.getIndexReader().decRef();
    }
  }

  /**
   * Closes all and opens it again.
   *
   * @return by how many the documents in the closed index differ from those that should be live
   */
  int restart(LiveDocuments documents) throws IOException {
    lock.writeLock().lock();
    try {
      searchers.close();
      writer.close();
      int off;
      try (DirectoryReader reader = DirectoryReader.open(directory)) {
        off = Math.abs(reader.numDocs() - documents.count());
      }
      directory.close();
      open();
      return off;
    } finally {
      lock.writeLock().unlock();
    }
  }

  @Override
  public void close() throws IOException {
    IOUtils.close(searchers, writer, directory);
  }
}
