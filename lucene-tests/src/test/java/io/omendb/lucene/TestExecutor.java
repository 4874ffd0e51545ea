/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene;

import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.apache.lucene.codecs.CodecUtil;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.SegmentCommitInfo;
import org.apache.lucene.index.SegmentInfos;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortField;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.store.Directory;
import org.apache.lucene.tests.store.MockDirectoryWrapper;
import org.apache.lucene.util.NamedThreadFactory;

/** Flushes and merges that use several threads, where raw vectors are written beside all else. */
public class TestExecutor extends OmenTestCase {
  private static final int COUNT = 9000;

  private ExecutorService executor;
  private OmenVectorsOptions parallel;

  @Override
  public void setUp() throws Exception {
    super.setUp();
    executor = Executors.newFixedThreadPool(2, new NamedThreadFactory("TestExecutor"));
    parallel = BLOCKS.withExecutor(executor);
  }

  @Override
  public void tearDown() throws Exception {
    executor.shutdown();
    assertTrue(executor.awaitTermination(10, TimeUnit.SECONDS));
    super.tearDown();
  }

  private static Vectors vectors() {
    return Vectors.random(
        random(), COUNT, 40, random().nextBoolean(), VectorSimilarityFunction.EUCLIDEAN);
  }

  public void testFilesAreThoseOfOneThread() throws IOException {
    Vectors vectors = vectors();
    assertEquals(contents(vectors, BLOCKS, null), contents(vectors, parallel, null));
    Sort sort = new Sort(new SortField(ROW, SortField.Type.INT, true));
    assertEquals(contents(vectors, BLOCKS, sort), contents(vectors, parallel, sort));
  }

  /** Hashes of the files of vectors, of a flush and of a merge, without what names a segment. */
  private static Map<String, Integer> contents(
      Vectors vectors, OmenVectorsOptions options, Sort sort) throws IOException {
    Map<String, Integer> contents = new TreeMap<>();
    try (Directory directory = new ByteBuffersDirectory()) {
      for (boolean merge : new boolean[] {false, true}) {
        var config = merge ? config(options) : unmerged(options);
        config.setUseCompoundFile(false);
        if (sort != null) {
          config.setIndexSort(sort);
        }
        try (IndexWriter writer = new IndexWriter(directory, config)) {
          if (merge) {
            writer.forceMerge(1);
          } else {
            add(writer, vectors, 0, COUNT / 2);
            writer.flush();
            add(writer, vectors, COUNT / 2, COUNT);
          }
        }
        Map<String, byte[]> files = IndexFiles.of(directory);
        for (SegmentCommitInfo segment : SegmentInfos.readLatestCommit(directory)) {
          for (String file : segment.files()) {
            if (file.contains(OmenVectorsFormat.NAME)) {
              contents.put(file, hash(files.get(file), segment.info.getId()));
            }
          }
        }
      }
    }
    // Raw vectors in two files, and ours in three, of two flushes and a merge.
    assertEquals(contents.toString(), 3 * 5, contents.size());
    return contents;
  }

  private static int hash(byte[] content, byte[] segmentId) {
    byte[] bytes = Arrays.copyOf(content, content.length - CodecUtil.footerLength());
    int at = 0;
    while (!Arrays.equals(bytes, at, at + segmentId.length, segmentId, 0, segmentId.length)) {
      at++;
    }
    Arrays.fill(bytes, at, at + segmentId.length, (byte) 0);
    return Arrays.hashCode(bytes);
  }

  public void testRawVectorsCannotBeWritten() throws IOException {
    assertFails(".vec", 40, "Lucene99FlatVectorsWriter");
  }

  public void testCodesCannotBeWritten() throws IOException {
    assertFails(".vpq", 20, "BlockWriter");
  }

  /**
   * A flush that fails in one thread leaves nothing open, and loses nothing but itself.
   *
   * @param call which write to the file fails, not the header's
   * @param thrower simple name of the class that it comes from
   */
  private void assertFails(String extension, int call, String thrower) throws IOException {
    Vectors vectors = vectors();
    try (MockDirectoryWrapper files =
        new MockDirectoryWrapper(random(), new ByteBuffersDirectory())) {
      try (IndexWriter writer = new IndexWriter(files, unmerged(parallel))) {
        add(writer, vectors, 0, COUNT / 2);
      }
      FailingDirectory failing = new FailingDirectory(files, FailingDirectory.Fault.IO_ERROR);
      failing.count(text -> text.startsWith("write") && text.endsWith(extension), call);
      IndexWriter index = new IndexWriter(failing, unmerged(parallel));
      add(index, vectors, COUNT / 2, COUNT);
      IOException failure = expectThrows(IOException.class, index::commit);
      assertTrue(failure.toString(), FailingDirectory.isWanted(failure));
      assertTrue(
          Arrays.toString(failure.getStackTrace()),
          Arrays.stream(failure.getStackTrace())
              .anyMatch(frame -> frame.getClassName().endsWith("." + thrower)));
      failing.stop();
      index.close();
      assertEquals("left open", 0, files.getFileHandleCount());
      try (DirectoryReader reader = DirectoryReader.open(files)) {
        assertEquals(COUNT / 2, reader.numDocs());
      }
    }
  }
}
