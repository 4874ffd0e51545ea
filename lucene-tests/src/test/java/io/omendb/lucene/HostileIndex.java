/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.management.JMException;
import org.apache.lucene.codecs.Codec;
import org.apache.lucene.codecs.CodecUtil;
import org.apache.lucene.codecs.KnnVectorsReader;
import org.apache.lucene.document.Document;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.index.FieldInfos;
import org.apache.lucene.index.IndexFormatTooNewException;
import org.apache.lucene.index.IndexFormatTooOldException;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.KnnVectorValues;
import org.apache.lucene.index.NoMergePolicy;
import org.apache.lucene.index.SegmentInfo;
import org.apache.lucene.index.SegmentInfos;
import org.apache.lucene.index.SegmentReadState;
import org.apache.lucene.index.SerialMergeScheduler;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.search.AcceptDocs;
import org.apache.lucene.search.KnnCollector;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TopKnnCollector;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.IOContext;
import org.apache.lucene.tests.util.TestUtil;
import org.apache.lucene.util.BitSetIterator;
import org.apache.lucene.util.FixedBitSet;

/**
 * A small index, kept among the resources, of which some files are replaced by hostile ones before
 * it is opened, read, searched and merged. Whatever they hold, it must end in one of the exceptions
 * that Lucene's callers expect, or in right scores of vectors that are bit for bit those indexed;
 * within bounds of time and memory.
 */
final class HostileIndex {
  private static final int ROWS = 150;
  private static final int K = 10;
  private static final String FLOATS = "floats";
  private static final String BYTES = "bytes";
  private static final String SUFFIX = OmenVectorsFormat.NAME + "_0";

  /** Bytes that reading may allocate: a few times what it takes with the untouched files. */
  private static final long MAX_TO_READ = 16L << 20;

  /** Likewise for a merge. */
  private static final long MAX_TO_MERGE = 384L << 20;

  private static final long MAX_NANOS = 20_000_000_000L;
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private static final Map<String, Vectors> FIELDS =
      Map.of(
          FLOATS,
          Vectors.of(GoldenIndex.floats(1, ROWS, 5, false), VectorSimilarityFunction.EUCLIDEAN),
          BYTES,
          Vectors.of(
              GoldenIndex.bytes(2, ROWS, 34), VectorSimilarityFunction.MAXIMUM_INNER_PRODUCT));

  private final Map<String, byte[]> files;
  private final SegmentInfo segment;
  private final FieldInfos fieldInfos;

  private HostileIndex(Map<String, byte[]> files, SegmentInfo segment, FieldInfos fieldInfos) {
    this.files = files;
    this.segment = segment;
    this.fieldInfos = fieldInfos;
  }

  /** The index of the resources. */
  static HostileIndex load() throws IOException {
    try (InputStream in = HostileIndex.class.getResourceAsStream("hostile/index.zip")) {
      Map<String, byte[]> files = IndexFiles.unzip(in);
      try (Directory directory = IndexFiles.directory(files)) {
        SegmentInfo segment = SegmentInfos.readLatestCommit(directory).info(0).info;
        FieldInfos fieldInfos =
            segment.getCodec().fieldInfosFormat().read(directory, segment, "", IOContext.DEFAULT);
        return new HostileIndex(files, segment, fieldInfos);
      }
    }
  }

  /** Writes the index, which is done once for a version of the format. */
  static void write(Path archive, Codec codec) throws IOException {
    OmenVectorsOptions options =
        OmenVectorsOptions.DEFAULT.withCodesThreshold(1).withGraphThreshold(1);
    IndexWriterConfig config =
        new IndexWriterConfig()
            .setCodec(OmenCodec.over(codec, options))
            .setMergePolicy(NoMergePolicy.INSTANCE)
            .setUseCompoundFile(false);
    try (Directory directory = new ByteBuffersDirectory()) {
      try (IndexWriter writer = new IndexWriter(directory, config)) {
        for (int row = 0; row < ROWS; row++) {
          Document document = new Document();
          for (Map.Entry<String, Vectors> field : FIELDS.entrySet()) {
            document.add(field.getValue().field(field.getKey(), row));
          }
          writer.addDocument(document);
        }
      }
      IndexFiles.zip(directory, archive);
    }
  }

  /** Names of the files that this format reads itself. */
  List<String> ours() {
    return files.keySet().stream().filter(IndexFiles::isOurs).toList();
  }

  byte[] content(String name) {
    return files.get(name);
  }

  /** What stands between header and footer of a file. */
  byte[] payload(String name) {
    byte[] content = files.get(name);
    return Arrays.copyOfRange(
        content, headerLength(name), content.length - CodecUtil.footerLength());
  }

  /** A file with its own header, another payload, and the footer that fits. */
  byte[] withPayload(String name, byte[] payload) {
    byte[] content = files.get(name);
    int header = headerLength(name);
    int footer = CodecUtil.footerLength();
    byte[] changed = Arrays.copyOf(content, header + payload.length + footer);
    System.arraycopy(payload, 0, changed, header, payload.length);
    System.arraycopy(content, content.length - footer, changed, header + payload.length, footer);
    return IndexFiles.sealed(changed);
  }

  private int headerLength(String name) {
    byte[] content = files.get(name);
    return CodecUtil.indexHeaderLength("x".repeat(content[Integer.BYTES]), SUFFIX);
  }

  /** What became of it. */
  enum Outcome {
    /** Nothing was noticed, or nothing was wrong. */
    USED,
    /** Refused by one of the exceptions that are meant for it. */
    REFUSED
  }

  /**
   * Reads and searches with some files replaced.
   *
   * @throws AssertionError where the outcome is not one that callers expect
   */
  Outcome read(Map<String, byte[]> replaced) {
    return bounded(
        replaced,
        MAX_TO_READ,
        changed -> {
          try (Directory directory = IndexFiles.directory(changed);
              KnnVectorsReader reader =
                  new OmenVectorsFormat()
                      .fieldsReader(
                          new SegmentReadState(
                              directory, segment, fieldInfos, IOContext.DEFAULT, SUFFIX))) {
            for (Map.Entry<String, Vectors> field : FIELDS.entrySet()) {
              check(reader, field.getKey(), field.getValue());
            }
            reader.checkIntegrity();
          }
        });
  }

  /** Merges with some files replaced, and reads what comes of it. */
  Outcome merge(Map<String, byte[]> replaced) {
    return bounded(
        replaced,
        MAX_TO_MERGE,
        changed -> {
          OmenVectorsOptions options =
              OmenVectorsOptions.DEFAULT.withCodesThreshold(1).withGraphThreshold(1);
          IndexWriterConfig config =
              new IndexWriterConfig()
                  .setCodec(OmenCodec.over(TestUtil.getDefaultCodec(), options))
                  .setMergeScheduler(new SerialMergeScheduler())
                  .setUseCompoundFile(false);
          try (Directory directory = IndexFiles.directory(changed)) {
            try (IndexWriter writer = new IndexWriter(directory, config)) {
              // A second segment, or there is nothing to merge.
              writer.addDocument(new Document());
              writer.forceMerge(1);
            }
            SegmentInfo merged = SegmentInfos.readLatestCommit(directory).info(0).info;
            FieldInfos infos =
                merged.getCodec().fieldInfosFormat().read(directory, merged, "", IOContext.DEFAULT);
            try (KnnVectorsReader reader =
                merged
                    .getCodec()
                    .knnVectorsFormat()
                    .fieldsReader(
                        new SegmentReadState(directory, merged, infos, IOContext.DEFAULT))) {
              for (Map.Entry<String, Vectors> field : FIELDS.entrySet()) {
                check(reader, field.getKey(), field.getValue());
              }
            }
          }
        });
  }

  private interface Use {
    void of(Map<String, byte[]> files) throws IOException;
  }

  private Outcome bounded(Map<String, byte[]> replaced, long maxAllocated, Use use) {
    Map<String, byte[]> changed = new HashMap<>(files);
    changed.putAll(replaced);
    long bytes = 0;
    // Again where it took much, as classes may have been loaded, or changed by a fuzzer's agent.
    for (int attempt = 0; attempt < 2; attempt++) {
      long allocated = allocatedBytes();
      long start = THREADS.getCurrentThreadCpuTime();
      Outcome outcome = outcome(changed, use);
      long nanos = THREADS.getCurrentThreadCpuTime() - start;
      bytes = allocatedBytes() - allocated;
      check(nanos <= MAX_NANOS, nanos / 1_000_000 + " ms");
      if (bytes <= maxAllocated) {
        return outcome;
      }
    }
    throw new AssertionError(bytes + " bytes allocated");
  }

  /** Of this thread so far; asked for by name, as not every JVM tells. */
  private static long allocatedBytes() {
    try {
      return (long)
          ManagementFactory.getPlatformMBeanServer()
              .getAttribute(THREADS.getObjectName(), "CurrentThreadAllocatedBytes");
    } catch (JMException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Outcome outcome(Map<String, byte[]> changed, Use use) {
    try {
      use.of(changed);
      return Outcome.USED;
    } catch (IOException | RuntimeException e) {
      if (!isExpected(e)) {
        throw new AssertionError(e);
      }
      return Outcome.REFUSED;
    } catch (OutOfMemoryError | StackOverflowError e) {
      throw new AssertionError(e);
    }
  }

  /** Also where it is the cause of what a writer reports. */
  private static boolean isExpected(Throwable failure) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (t instanceof CorruptIndexException
          || t instanceof IndexFormatTooOldException
          || t instanceof IndexFormatTooNewException
          || t instanceof EOFException
          || (t instanceof IOException && t.getMessage().contains("vInt"))) {
        return true;
      }
    }
    return false;
  }

  private static void check(KnnVectorsReader reader, String field, Vectors vectors)
      throws IOException {
    KnnVectorValues values =
        vectors.isBytes() ? reader.getByteVectorValues(field) : reader.getFloatVectorValues(field);
    check(values.size() == ROWS, values.size() + " vectors");
    for (int row = 0; row < ROWS; row++) {
      OmenTestCase.assertSame("row " + row, vectors, row, values, row);
    }
    FixedBitSet third = new FixedBitSet(ROWS);
    for (int doc = 0; doc < ROWS; doc += 3) {
      third.set(doc);
    }
    AcceptDocs all = AcceptDocs.fromLiveDocs(null, ROWS);
    search(reader, field, vectors, new TopKnnCollector(K, Integer.MAX_VALUE), all);
    search(
        reader,
        field,
        vectors,
        new TopKnnCollector(K, Integer.MAX_VALUE),
        AcceptDocs.fromIteratorSupplier(
            () -> new BitSetIterator(third, third.cardinality()), null, ROWS));
    // Not of the class that is answered at once.
    search(
        reader,
        field,
        vectors,
        new KnnCollector.Decorator(new TopKnnCollector(K, Integer.MAX_VALUE)) {},
        all);
  }

  private static void search(
      KnnVectorsReader reader,
      String field,
      Vectors vectors,
      KnnCollector collector,
      AcceptDocs accepted)
      throws IOException {
    int query = 7;
    if (vectors.isBytes()) {
      reader.search(field, vectors.bytes()[query], collector, accepted);
    } else {
      reader.search(field, vectors.floats()[query], collector, accepted);
    }
    ScoreDoc[] hits = collector.topDocs().scoreDocs;
    check(hits.length <= K, hits.length + " hits");
    // What is found in stages is not remembered from one to the next.
    boolean staged = collector.getClass() != TopKnnCollector.class;
    Set<Integer> docs = new HashSet<>();
    for (ScoreDoc hit : hits) {
      check(docs.add(hit.doc) || staged, "twice: " + hit.doc);
      float exact = vectors.score(vectors, query, hit.doc);
      check(
          Math.abs(exact - hit.score) <= OmenTestCase.tolerance(exact),
          "score " + hit.score + ", not " + exact);
    }
  }

  private static void check(boolean holds, String what) {
    if (!holds) {
      throw new AssertionError(what);
    }
  }
}
