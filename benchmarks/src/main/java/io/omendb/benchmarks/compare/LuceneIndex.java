/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.benchmarks.compare;

import io.omendb.benchmarks.FileBytes;
import java.io.IOException;
import java.util.Map;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.store.Directory;

/** An index that Lucene reads. */
final class LuceneIndex implements PeerIndex {
  static final String VECTOR = "v";
  static final String ROW = "row";

  private final Directory directory;
  private final DirectoryReader reader;
  private final IndexSearcher searcher;
  private final LucenePeer peer;
  private final int[] rowOfDoc;

  LuceneIndex(LucenePeer peer, Directory directory) throws IOException {
    this(peer, directory, DirectoryReader.open(directory));
  }

  /** Takes the directory, null if it belongs to others, and the reader. */
  LuceneIndex(LucenePeer peer, Directory directory, DirectoryReader reader) throws IOException {
    this.peer = peer;
    this.directory = directory;
    this.reader = reader;
    this.searcher = new IndexSearcher(reader);
    this.searcher.setQueryCache(null);
    this.rowOfDoc = new int[reader.maxDoc()];
    for (LeafReaderContext leaf : reader.leaves()) {
      NumericDocValues rows = leaf.reader().getNumericDocValues(ROW);
      for (int d = rows.nextDoc(); d != DocIdSetIterator.NO_MORE_DOCS; d = rows.nextDoc()) {
        rowOfDoc[leaf.docBase + d] = (int) rows.longValue();
      }
    }
  }

  @Override
  public RowSearcher searcher() {
    return new RowSearcher() {
      @Override
      public int[] search(float[] vector, int k, Setting setting, RowFilter filter)
          throws IOException {
        Query query = peer.query(vector, k, setting, filter);
        ScoreDoc[] hits = searcher.search(query, k).scoreDocs;
        int[] rows = new int[hits.length];
        for (int i = 0; i < rows.length; i++) {
          rows[i] = rowOfDoc[hits[i].doc];
        }
        return rows;
      }

      @Override
      public void close() {}
    };
  }

  @Override
  public IndexBytes bytes() throws IOException {
    Map<String, Long> files = FileBytes.of(reader);
    long disk = files.values().stream().mapToLong(Long::longValue).sum();
    long codes = files.getOrDefault("veq", 0L) + files.getOrDefault("vpq", 0L);
    long hot = FileBytes.hot(files);
    return new IndexBytes(codes, hot - codes, peer.walksRaw() ? disk : hot, disk);
  }

  @Override
  public int segments() {
    return reader.leaves().size();
  }

  @Override
  public void close() throws IOException {
    reader.close();
    if (directory != null) {
      directory.close();
    }
  }
}
