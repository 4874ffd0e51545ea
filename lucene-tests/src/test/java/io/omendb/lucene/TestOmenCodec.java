/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.apache.lucene.codecs.Codec;
import org.apache.lucene.codecs.FilterCodec;
import org.apache.lucene.codecs.KnnVectorsFormat;
import org.apache.lucene.codecs.KnnVectorsReader;
import org.apache.lucene.codecs.perfield.PerFieldKnnVectorsFormat;
import org.apache.lucene.document.Document;
import org.apache.lucene.index.CodecReader;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.store.Directory;
import org.apache.lucene.tests.util.TestUtil;

/** One line puts the format under any codec; indexes then open by the names that they record. */
public class TestOmenCodec extends OmenTestCase {
  private static final String OTHER = "other";

  private static final Vectors VECTORS =
      Vectors.of(GloveSample.base(), VectorSimilarityFunction.COSINE).range(0, 3000);

  public void testOverDefaultCodec() throws IOException {
    // Whichever the test framework has drawn.
    checkOver(Codec.getDefault());
  }

  public void testOverLucenesCodec() throws IOException {
    checkOver(TestUtil.getDefaultCodec());
  }

  private static void checkOver(Codec codec) throws IOException {
    assumeTrue(
        codec + " has one format for all fields",
        codec.knnVectorsFormat() instanceof PerFieldKnnVectorsFormat);
    OmenCodec over = OmenCodec.over(codec);
    assertEquals(codec.getName(), over.getName());
    assertSame(codec.postingsFormat(), over.postingsFormat());
    try (Directory directory = index(VECTORS, new IndexWriterConfig().setCodec(over));
        DirectoryReader reader = DirectoryReader.open(directory)) {
      assertTrue(hasBlocks(onlyLeaf(reader)));
      assertEquals(VECTORS.size(), assertExact(reader, VECTORS));
      Truth truth = Truth.of(VECTORS, VECTORS.range(0, 20), 10);
      assertRecall(codec.getName(), 10, truth.recall(searcher(reader)));
    }
  }

  public void testFieldsByPredicate() throws IOException {
    OmenCodec codec =
        OmenCodec.over(TestUtil.getDefaultCodec(), BLOCKS, field -> field.equals(FIELD));
    try (Directory directory = newDirectory()) {
      try (IndexWriter writer =
          new IndexWriter(directory, new IndexWriterConfig().setCodec(codec))) {
        for (int row = 0; row < 200; row++) {
          Document document = document(row, VECTORS);
          document.add(VECTORS.field(OTHER, row));
          writer.addDocument(document);
        }
        writer.forceMerge(1);
      }
      try (DirectoryReader reader = DirectoryReader.open(directory)) {
        LeafReader leaf = onlyLeaf(reader);
        assertEquals(OmenVectorsReader.class, readerOf(leaf, FIELD).getClass());
        KnnVectorsFormat other =
            ((PerFieldKnnVectorsFormat) TestUtil.getDefaultCodec().knnVectorsFormat())
                .getKnnVectorsFormatForField(OTHER);
        assertEquals(formatOf(leaf, OTHER), other.getName());
        assertEquals(OmenVectorsFormat.NAME, formatOf(leaf, FIELD));
        for (String field : new String[] {FIELD, OTHER}) {
          int hit = searcher(reader).search(VECTORS.query(field, 5, 1, null), 1).scoreDocs[0].doc;
          assertEquals(5, row(leaf, hit));
        }
      }
    }
  }

  public void testOptionsArePassedOn() throws IOException {
    OmenVectorsOptions none = OmenVectorsOptions.DEFAULT.withCodesThreshold(VECTORS.size() + 1);
    try (Directory directory = index(VECTORS, config(none));
        DirectoryReader reader = DirectoryReader.open(directory)) {
      assertFalse(hasBlocks(onlyLeaf(reader)));
    }
  }

  public void testFormatByName() {
    assertEquals("OmenVectors", OmenVectorsFormat.NAME);
    KnnVectorsFormat format = KnnVectorsFormat.forName("OmenVectors");
    assertEquals(OmenVectorsFormat.class, format.getClass());
    assertEquals(4096, format.getMaxDimensions(FIELD));
    assertTrue(KnnVectorsFormat.availableKnnVectorsFormats().contains("OmenVectors"));
  }

  public void testFilesOfASegment() throws IOException {
    IndexWriterConfig config = config(BLOCKS).setUseCompoundFile(false);
    config.getMergePolicy().setNoCFSRatio(0);
    try (Directory directory = index(VECTORS.range(0, 100), config)) {
      List<String> files = Arrays.asList(directory.listAll());
      for (String extension : new String[] {"vec", "vemf", "vem", "vpq", "vex"}) {
        long count =
            files.stream().filter(file -> file.endsWith("_OmenVectors_0." + extension)).count();
        assertEquals(extension + " in " + files, 1, count);
      }
    }
  }

  public void testCompoundFiles() throws IOException {
    IndexWriterConfig config = config(BLOCKS).setUseCompoundFile(true);
    config.getMergePolicy().setNoCFSRatio(1);
    Vectors some = VECTORS.range(0, 500);
    try (Directory directory = index(some, config);
        DirectoryReader reader = DirectoryReader.open(directory)) {
      assertTrue(Arrays.stream(directory.listAll()).noneMatch(file -> file.endsWith(".vpq")));
      assertEquals(500, assertExact(reader, some));
      assertRecall("compound", 10, Truth.of(some, some.range(0, 20), 10).recall(searcher(reader)));
    }
  }

  public void testCodecWithOneFormatForAllFields() {
    Codec codec =
        new FilterCodec("OneForAll", TestUtil.getDefaultCodec()) {
          @Override
          public KnnVectorsFormat knnVectorsFormat() {
            return new OmenVectorsFormat();
          }
        };
    String message =
        assertThrows(IllegalArgumentException.class, () -> OmenCodec.over(codec)).getMessage();
    assertTrue(message, message.contains("OneForAll"));
    assertTrue(message, message.contains("by field"));
  }

  public void testNothingIsNull() {
    Codec codec = TestUtil.getDefaultCodec();
    assertThrows(NullPointerException.class, () -> OmenCodec.over(null));
    assertThrows(NullPointerException.class, () -> OmenCodec.over(codec, null));
    assertThrows(NullPointerException.class, () -> OmenCodec.over(codec, BLOCKS, null));
  }

  private static KnnVectorsReader readerOf(LeafReader leaf, String field) {
    KnnVectorsReader vectors = ((CodecReader) leaf).getVectorReader();
    return ((PerFieldKnnVectorsFormat.FieldsReader) vectors).getFieldReader(field);
  }

  private static String formatOf(LeafReader leaf, String field) {
    return leaf.getFieldInfos()
        .fieldInfo(field)
        .getAttribute(PerFieldKnnVectorsFormat.PER_FIELD_FORMAT_KEY);
  }
}
