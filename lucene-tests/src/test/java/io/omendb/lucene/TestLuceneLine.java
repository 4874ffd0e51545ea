/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene;

import io.omendb.lucene.write.RecentCodebooks;
import java.io.IOException;
import java.util.HashMap;
import org.apache.lucene.codecs.KnnFieldVectorsWriter;
import org.apache.lucene.codecs.KnnVectorsWriter;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.FieldInfo;
import org.apache.lucene.index.FieldInfos;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.MergeState;
import org.apache.lucene.index.SegmentInfo;
import org.apache.lucene.index.SegmentWriteState;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.IOContext;
import org.apache.lucene.tests.util.TestUtil;
import org.apache.lucene.util.InfoStream;
import org.apache.lucene.util.StringHelper;
import org.apache.lucene.util.Version;

/** The writer fits the running Lucene; one that does not would lose vectors, and refuses. */
public class TestLuceneLine extends OmenTestCase {
  private static final Vectors VECTORS =
      Vectors.of(GloveSample.base(), VectorSimilarityFunction.COSINE).range(0, 100);

  public void testLineIsTheOneUnderTest() {
    String wanted = System.getProperty("omendb.tests.lucene.version");
    assumeTrue("set by the build", wanted != null);
    assertEquals(wanted, Version.LATEST.toString());
  }

  public void testWriterOverridesWhatLuceneCalls() throws Exception {
    try (Directory directory = newDirectory()) {
      withWriter(
          directory,
          new FieldInfos(new FieldInfo[0]),
          writer -> {
            String name = writer.getClass().getSimpleName();
            boolean later = Version.LATEST.onOrAfter(Version.fromBits(10, 5, 0));
            assertEquals(later ? "Lucene105Writer" : "Lucene103Writer", name);
            Class<?> called = mergeOneField(KnnVectorsWriter.class);
            assertEquals(called, mergeOneField(writer.getClass()));
            writer.finish();
          });
    }
  }

  /** As a merge does that does not call the override. */
  public void testVectorsAddedButNotFlushedAreNotLost() throws Exception {
    try (Directory source = index(VECTORS, config(BLOCKS));
        DirectoryReader reader = DirectoryReader.open(source);
        Directory directory = newDirectory()) {
      FieldInfos fields = onlyLeaf(reader).getFieldInfos();
      withWriter(
          directory,
          fields,
          writer -> {
            @SuppressWarnings("unchecked")
            KnnFieldVectorsWriter<float[]> field =
                (KnnFieldVectorsWriter<float[]>) writer.addField(fields.fieldInfo(FIELD));
            field.addValue(0, VECTORS.floats()[0]);
            String message = assertThrows(IllegalStateException.class, writer::finish).getMessage();
            assertTrue(message, message.contains("\"" + FIELD + "\""));
            assertTrue(message, message.contains("not flushed"));
          });
    }
  }

  public void testFinishTwice() throws Exception {
    try (Directory directory = newDirectory()) {
      withWriter(
          directory,
          new FieldInfos(new FieldInfo[0]),
          writer -> {
            writer.flush(0, null);
            writer.finish();
            assertThrows(IllegalStateException.class, writer::finish);
          });
    }
  }

  public void testMergedSegmentHasItsVectors() throws IOException {
    try (Directory directory = newDirectory();
        IndexWriter writer = new IndexWriter(directory, config(BLOCKS))) {
      for (int part = 0; part < 4; part++) {
        add(writer, VECTORS, part * 25, part * 25 + 25);
        writer.flush();
      }
      writer.forceMerge(1);
      try (DirectoryReader reader = DirectoryReader.open(writer)) {
        assertEquals(VECTORS.size(), onlyLeaf(reader).getFloatVectorValues(FIELD).size());
      }
    }
  }

  private static Class<?> mergeOneField(Class<?> type) throws NoSuchMethodException {
    return type.getDeclaredMethod("mergeOneField", FieldInfo.class, MergeState.class)
        .getReturnType();
  }

  private interface WriterTest {
    void run(KnnVectorsWriter writer) throws Exception;
  }

  private static void withWriter(Directory directory, FieldInfos fields, WriterTest test)
      throws Exception {
    SegmentInfo segment =
        new SegmentInfo(
            directory,
            Version.LATEST,
            Version.LATEST,
            "_0",
            1,
            false,
            false,
            TestUtil.getDefaultCodec(),
            new HashMap<>(),
            StringHelper.randomId(),
            new HashMap<>(),
            null);
    SegmentWriteState state =
        new SegmentWriteState(
            InfoStream.NO_OUTPUT, directory, segment, fields, null, IOContext.DEFAULT);
    try (KnnVectorsWriter writer =
        LuceneLine.CURRENT.writer(state, OmenVectorsOptions.DEFAULT, new RecentCodebooks())) {
      test.run(writer);
    }
  }
}
