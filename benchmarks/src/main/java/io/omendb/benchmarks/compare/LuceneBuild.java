/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.benchmarks.compare;

import io.omendb.benchmarks.Progress;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.lucene.codecs.Codec;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.KnnFloatVectorField;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.ConcurrentMergeScheduler;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.MergePolicy;
import org.apache.lucene.index.NoMergePolicy;
import org.apache.lucene.index.TieredMergePolicy;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;

/** Writes indexes with Lucene, the same way whatever the codec. */
final class LuceneBuild {
  /** Large, so that only commits flush. */
  private static final double BUFFER_MB = 1024;

  private final float[][] rows;
  private final Codec codec;
  private final int threads;

  LuceneBuild(float[][] rows, Codec codec, int threads) {
    this.rows = rows;
    this.codec = codec;
    this.threads = threads;
  }

  /** Adds all rows and leaves that many segments, or as many as the threads divide into. */
  double add(Path folder, int segments) throws IOException {
    int commits = Math.max(1, segments / threads);
    Progress progress = new Progress("add", rows.length);
    try (Directory directory = FSDirectory.open(folder);
        IndexWriter writer = new IndexWriter(directory, config(NoMergePolicy.INSTANCE));
        Workers workers = new Workers(threads)) {
      AtomicInteger next = new AtomicInteger();
      for (int commit = 1; commit <= commits; commit++) {
        int end = (int) ((long) rows.length * commit / commits);
        next.set((int) ((long) rows.length * (commit - 1) / commits));
        workers.run(thread -> {
          for (int row = next.getAndIncrement(); row < end; row = next.getAndIncrement()) {
            writer.addDocument(document(row));
            progress.step(1);
          }
        });
        writer.commit();
      }
    }
    progress.done();
    return progress.seconds();
  }

  /** Merges all into one segment. */
  double merge(Path folder) throws IOException {
    Progress progress = new Progress("merge", 1);
    try (Directory directory = FSDirectory.open(folder);
        IndexWriter writer = new IndexWriter(directory, config(mergePolicy()))) {
      writer.forceMerge(1);
    }
    progress.step(1);
    progress.done();
    return progress.seconds();
  }

  /** Compound files would hide the sizes of the files within. */
  static MergePolicy mergePolicy() {
    TieredMergePolicy policy = new TieredMergePolicy();
    policy.setNoCFSRatio(0);
    return policy;
  }

  IndexWriterConfig config(MergePolicy mergePolicy) {
    ConcurrentMergeScheduler scheduler = new ConcurrentMergeScheduler();
    scheduler.setMaxMergesAndThreads(threads + 1, threads);
    return new IndexWriterConfig()
        .setCodec(codec)
        .setUseCompoundFile(false)
        .setRAMBufferSizeMB(BUFFER_MB)
        .setMergeScheduler(scheduler)
        .setMergePolicy(mergePolicy);
  }

  Document document(int row) {
    Document document = new Document();
    document.add(new StringField(LuceneIndex.ROW, String.valueOf(row), Field.Store.NO));
    document.add(new NumericDocValuesField(LuceneIndex.ROW, row));
    document.add(
        new KnnFloatVectorField(
            LuceneIndex.VECTOR, rows[row], VectorSimilarityFunction.DOT_PRODUCT));
    return document;
  }
}
