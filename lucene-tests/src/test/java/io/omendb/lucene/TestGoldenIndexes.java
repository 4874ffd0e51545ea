/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene;

import io.omendb.lucene.store.FileLayout;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.lucene.codecs.Codec;
import org.apache.lucene.codecs.CodecUtil;
import org.apache.lucene.codecs.KnnVectorsReader;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.FieldInfo;
import org.apache.lucene.index.FieldInfos;
import org.apache.lucene.index.IndexFormatTooNewException;
import org.apache.lucene.index.IndexFormatTooOldException;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.KnnVectorValues;
import org.apache.lucene.index.SegmentInfo;
import org.apache.lucene.index.SegmentReadState;
import org.apache.lucene.search.AcceptDocs;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TopKnnCollector;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.IOContext;
import org.apache.lucene.store.IndexInput;
import org.apache.lucene.tests.store.MockDirectoryWrapper;
import org.apache.lucene.tests.util.TestUtil;
import org.apache.lucene.util.StringHelper;
import org.apache.lucene.util.Version;

/**
 * Every version of the format, as every supported line of Lucene wrote it, is read, searched and
 * merged. A new version, or a new line, needs a golden index: write it by
 * -Domendb.tests.golden.write=folder.
 */
public class TestGoldenIndexes extends OmenTestCase {
  private static final Map<String, Vectors> FIELDS = GoldenIndex.fields();
  private static final int ROWS = GoldenIndex.STARTS[GoldenIndex.STARTS.length - 1];
  private static final int K = 10;
  private static final int QUERIES = 20;

  public void testWrite() throws IOException {
    String folder = System.getProperty("omendb.tests.golden.write");
    assumeTrue("only when asked to", folder != null);
    System.out.println("wrote " + GoldenIndex.write(Path.of(folder), TestUtil.getDefaultCodec()));
  }

  public void testEveryVersionHasOne() throws Exception {
    List<GoldenIndex> all = GoldenIndex.all();
    for (int v = FileLayout.VERSION_START; v <= FileLayout.VERSION_CURRENT; v++) {
      int format = v;
      assertTrue("format " + v, all.stream().anyMatch(golden -> golden.format() == format));
    }
    assertTrue(
        "format " + FileLayout.VERSION_CURRENT + " as Lucene " + Version.LATEST + " writes it",
        all.stream().anyMatch(TestGoldenIndexes::isOfThisBuild));
  }

  private static boolean isOfThisBuild(GoldenIndex golden) {
    return golden.format() == FileLayout.VERSION_CURRENT
        && golden.lucene().equals(Version.LATEST.toString());
  }

  /** The name says which versions wrote the files; so do the files. */
  public void testNamesAreTrue() throws Exception {
    for (GoldenIndex golden : GoldenIndex.all()) {
      int ours = 0;
      for (Map.Entry<String, byte[]> file : golden.files().entrySet()) {
        if (IndexFiles.isOurs(file.getKey())) {
          int version = ByteBuffer.wrap(file.getValue()).getInt(versionAt(file.getValue()));
          assertEquals(golden + " " + file.getKey(), golden.format(), version);
          ours++;
        }
      }
      assertEquals("files of three segments", 9, ours);
    }
  }

  /** After a number and the name of the codec, whose length is in the byte before it. */
  private static int versionAt(byte[] content) {
    return Integer.BYTES + 1 + content[Integer.BYTES];
  }

  public void testReadSearchAndMerge() throws Exception {
    for (GoldenIndex golden : GoldenIndex.all()) {
      // What is newer than itself, Lucene does not open as a whole, but its files of vectors.
      boolean older = Version.LATEST.onOrAfter(Version.parse(golden.lucene()));
      try (MockDirectoryWrapper directory =
          new MockDirectoryWrapper(random(), IndexFiles.directory(golden.files()))) {
        directory.setCheckIndexOnClose(older);
        checkSegments(golden, directory);
        if (older) {
          checkIndex(golden, directory);
        }
      }
    }
  }

  private static void checkIndex(GoldenIndex golden, Directory directory) throws IOException {
    try (DirectoryReader reader = DirectoryReader.open(directory)) {
      assertEquals(golden.toString(), 3, reader.leaves().size());
      checkReader(golden, reader);
    }
    OmenVectorsOptions options = OmenVectorsOptions.DEFAULT.withCodesThreshold(1);
    try (IndexWriter writer = new IndexWriter(directory, config(options))) {
      writer.forceMerge(1);
    }
    try (DirectoryReader reader = DirectoryReader.open(directory)) {
      assertEquals(golden.toString(), 1, reader.leaves().size());
      checkReader(golden, reader);
    }
  }

  private static void checkReader(GoldenIndex golden, DirectoryReader reader) throws IOException {
    int live = 0;
    for (int row = 0; row < ROWS; row++) {
      live += GoldenIndex.isDeleted(row) ? 0 : 1;
    }
    assertEquals(golden.toString(), live, reader.numDocs());
    IndexSearcher searcher = searcher(reader);
    for (Map.Entry<String, Vectors> field : FIELDS.entrySet()) {
      Vectors vectors = field.getValue();
      String what = golden + " " + field.getKey();
      assertTrue(what, assertExact(reader, field.getKey(), vectors) > live / 2);
      Vectors queries = vectors.range(0, QUERIES);
      Truth truth =
          Truth.of(
              vectors,
              queries,
              K,
              row -> !GoldenIndex.isDeleted(row) && GoldenIndex.has(field.getKey(), row));
      double sum = 0;
      for (int q = 0; q < QUERIES; q++) {
        sum +=
            truth.recall(
                searcher, q, searcher.search(queries.query(field.getKey(), q, K, null), K));
      }
      assertRecall(what, K, sum / QUERIES);
    }
  }

  /** Past the list of segments, which older lines of Lucene do not read. */
  private static void checkSegments(GoldenIndex golden, Directory directory) throws IOException {
    Codec codec = TestUtil.getDefaultCodec();
    for (int segment = 0; segment + 1 < GoldenIndex.STARTS.length; segment++) {
      String name = "_" + segment;
      SegmentInfo info =
          codec.segmentInfoFormat().read(directory, name, id(directory, name), IOContext.DEFAULT);
      FieldInfos fields = codec.fieldInfosFormat().read(directory, info, "", IOContext.DEFAULT);
      SegmentReadState state = new SegmentReadState(directory, info, fields, IOContext.DEFAULT);
      try (KnnVectorsReader reader = codec.knnVectorsFormat().fieldsReader(state)) {
        reader.checkIntegrity();
        for (FieldInfo field : fields) {
          if (field.hasVectorValues()) {
            checkSegment(golden + " segment " + segment, field.name, reader, segment);
          }
        }
      }
    }
  }

  private static byte[] id(Directory directory, String segment) throws IOException {
    try (IndexInput in = directory.openInput(segment + ".si", IOContext.READONCE)) {
      byte[] header = new byte[CodecUtil.indexHeaderLength("Lucene90SegmentInfo", "")];
      in.readBytes(header, 0, header.length);
      int from = header.length - 1 - StringHelper.ID_LENGTH;
      return Arrays.copyOfRange(header, from, from + StringHelper.ID_LENGTH);
    }
  }

  private static void checkSegment(String what, String field, KnnVectorsReader reader, int segment)
      throws IOException {
    Vectors vectors = FIELDS.get(field);
    int start = GoldenIndex.STARTS[segment];
    int maxDoc = GoldenIndex.STARTS[segment + 1] - start;
    KnnVectorValues values =
        vectors.isBytes() ? reader.getByteVectorValues(field) : reader.getFloatVectorValues(field);
    for (int ord = 0; ord < values.size(); ord++) {
      assertSame(what, vectors, start + values.ordToDoc(ord), values, ord);
    }
    TopKnnCollector collector = new TopKnnCollector(K, Integer.MAX_VALUE);
    AcceptDocs all = AcceptDocs.fromLiveDocs(null, maxDoc);
    if (vectors.isBytes()) {
      reader.search(field, vectors.bytes()[start], collector, all);
    } else {
      reader.search(field, vectors.floats()[start], collector, all);
    }
    ScoreDoc[] hits = collector.topDocs().scoreDocs;
    assertEquals(what, K, hits.length);
    for (ScoreDoc hit : hits) {
      float exact = vectors.score(vectors, start, start + hit.doc);
      assertEquals(what, exact, hit.score, tolerance(exact));
    }
  }

  public void testOtherVersionsAreRefused() throws Exception {
    Map<String, byte[]> files =
        GoldenIndex.all().stream()
            .filter(TestGoldenIndexes::isOfThisBuild)
            .findAny()
            .orElseThrow()
            .files();
    for (String name : files.keySet()) {
      if (IndexFiles.isOurs(name)) {
        int newer = FileLayout.VERSION_CURRENT + 1;
        Exception tooNew =
            assertThrows(IndexFormatTooNewException.class, () -> open(files, name, newer));
        assertMessage(tooNew, name, ": " + newer + " (needs to be between ");
        int older = FileLayout.VERSION_START - 1;
        Exception tooOld =
            assertThrows(IndexFormatTooOldException.class, () -> open(files, name, older));
        assertMessage(tooOld, name, ": " + older + " (needs to be between ");
      }
    }
  }

  private static void open(Map<String, byte[]> files, String name, int version) throws IOException {
    byte[] changed = files.get(name).clone();
    ByteBuffer.wrap(changed).putInt(versionAt(changed), version);
    try (Directory directory = IndexFiles.directory(files)) {
      directory.deleteFile(name);
      IndexFiles.write(directory, name, IndexFiles.sealed(changed));
      DirectoryReader.open(directory).close();
    }
  }

  private static void assertMessage(Exception failure, String... parts) {
    for (String part : parts) {
      assertTrue(part + " in: " + failure.getMessage(), failure.getMessage().contains(part));
    }
  }
}
