/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene;

import java.io.IOException;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.apache.lucene.codecs.Codec;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.KnnFloatVectorField;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.NoMergePolicy;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;

/**
 * Merges all segments of an index, in a JVM of its own that has little memory: what {@link
 * TestOutOfMemory} runs. Prints {@link #MERGED} where memory sufficed, {@link #STARVED} where it
 * did not and the writer closed itself; then goes on with another writer, adds a document and
 * prints {@link #WENT_ON}.
 */
final class StarvedWriter {
  static final String MERGED = "merged";
  static final String STARVED = "starved";
  static final String WENT_ON = "went on";

  private static final int DIMENSION = 1024;

  private StarvedWriter() {}

  /** Arguments: directory, number of the next row. */
  public static void main(String[] args) throws Exception {
    int next = Integer.parseInt(args[1]);
    try (Directory directory = FSDirectory.open(Path.of(args[0]))) {
      System.out.println(merges(directory) ? MERGED : STARVED);
      IndexWriterConfig config = config().setMergePolicy(NoMergePolicy.INSTANCE);
      try (IndexWriter writer = new IndexWriter(directory, config)) {
        add(writer, next, next + 1);
      }
      System.out.println(WENT_ON);
    }
  }

  /** Whether all segments could be merged; if not, the writer has closed itself for the reason. */
  private static boolean merges(Directory directory) throws Exception {
    IndexWriter writer = new IndexWriter(directory, config());
    try {
      writer.forceMerge(1);
      writer.close();
      return true;
    } catch (Throwable t) {
      // Who waits for a merge is told of its failure before the writer is.
      awaitMergeThreads();
      if (writer.isOpen() || !isOutOfMemory(writer.getTragicException())) {
        throw new AssertionError("not closed for want of memory", t);
      }
      return false;
    }
  }

  private static boolean isOutOfMemory(Throwable failure) {
    return failure instanceof OutOfMemoryError
        || (failure != null && isOutOfMemory(failure.getCause()));
  }

  private static void awaitMergeThreads() throws InterruptedException {
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().contains("Merge Thread")) {
        thread.join(10_000);
        if (thread.isAlive()) {
          throw new AssertionError("still running: " + thread.getName());
        }
      }
    }
  }

  /** Flushed segments are raw; the merge trains, encodes and lays out all of them. */
  static IndexWriterConfig config() {
    return new IndexWriterConfig()
        .setCodec(OmenCodec.over(Codec.getDefault(), OmenVectorsOptions.DEFAULT))
        .setRAMBufferSizeMB(1);
  }

  static void add(IndexWriter writer, int from, int to) throws IOException {
    for (int row = from; row < to; row++) {
      Document document = OmenTestCase.document(row);
      document.add(new KnnFloatVectorField(OmenTestCase.FIELD, vector(row)));
      writer.addDocument(document);
    }
  }

  /** The vector of a row, the same in every JVM. */
  static float[] vector(int row) {
    SplittableRandom random = new SplittableRandom(row);
    float[] vector = new float[DIMENSION];
    for (int d = 0; d < DIMENSION; d++) {
      vector[d] = (float) random.nextGaussian();
    }
    return vector;
  }
}
