/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene;

import com.carrotsearch.randomizedtesting.annotations.TimeoutSuite;
import java.io.EOFException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.apache.lucene.codecs.CodecUtil;
import org.apache.lucene.codecs.FilterCodec;
import org.apache.lucene.codecs.KnnVectorsFormat;
import org.apache.lucene.codecs.perfield.PerFieldKnnVectorsFormat;
import org.apache.lucene.document.Document;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexFormatTooNewException;
import org.apache.lucene.index.IndexFormatTooOldException;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.search.AcceptDocs;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.store.Directory;
import org.apache.lucene.tests.store.MockDirectoryWrapper;
import org.apache.lucene.util.BitSetIterator;
import org.apache.lucene.util.FixedBitSet;
import org.junit.AfterClass;
import org.junit.BeforeClass;

/** Damaged files are named as such: no other exception, no endless search, nothing left open. */
@TimeoutSuite(millis = 300_000)
public class TestCorruptFiles extends OmenTestCase {
  private static final int COUNT = 300;
  private static final int DIMENSION = 8;
  private static final String BYTES = "bytes";
  private static final String OTHER = "other";

  private static Vectors floats;
  private static Vectors bytes;

  /** Files of two segments by name. */
  private static Map<String, byte[]> files;

  @BeforeClass
  public static void indexOnce() throws IOException {
    floats = Vectors.random(random(), COUNT, DIMENSION, false, VectorSimilarityFunction.EUCLIDEAN);
    bytes =
        Vectors.random(
            random(), COUNT, DIMENSION, true, VectorSimilarityFunction.MAXIMUM_INNER_PRODUCT);
    IndexWriterConfig config = unmerged(BLOCKS).setUseCompoundFile(false);
    KnnVectorsFormat ours = new OmenVectorsFormat(BLOCKS);
    KnnVectorsFormat others = KnnVectorsFormat.forName("Lucene99HnswVectorsFormat");
    OmenCodec codec = (OmenCodec) config.getCodec();
    config.setCodec(
        new FilterCodec(codec.getName(), codec) {
          private final KnnVectorsFormat format =
              new PerFieldKnnVectorsFormat() {
                @Override
                public KnnVectorsFormat getKnnVectorsFormatForField(String field) {
                  return field.equals(OTHER) ? others : ours;
                }
              };

          @Override
          public KnnVectorsFormat knnVectorsFormat() {
            return format;
          }
        });
    try (Directory directory = new ByteBuffersDirectory()) {
      try (IndexWriter writer = new IndexWriter(directory, config)) {
        for (int row = 0; row < COUNT; row++) {
          Document document = document(row, floats);
          document.add(bytes.field(BYTES, row));
          // A field of the same kind that is not in our files.
          document.add(floats.field(OTHER, row));
          writer.addDocument(document);
          if (row == 200) {
            writer.flush();
          }
        }
      }
      files = IndexFiles.of(directory);
    }
  }

  @AfterClass
  public static void forget() {
    floats = null;
    bytes = null;
    files = null;
  }

  public void testUndamaged() throws IOException {
    assertNull(use(files, true));
  }

  public void testTruncated() throws IOException {
    for (String name : ours()) {
      byte[] content = files.get(name);
      for (int length : lengths(content.length)) {
        byte[] cut = Arrays.copyOf(content, length);
        assertDamageNoticed(name, cut, "cut to " + length);
      }
    }
  }

  public void testTruncatedWithNewFooter() throws IOException {
    for (String name : ours()) {
      byte[] content = files.get(name);
      int payload = content.length - CodecUtil.footerLength();
      for (int length : lengths(payload)) {
        byte[] cut = Arrays.copyOf(content, length + CodecUtil.footerLength());
        System.arraycopy(content, payload, cut, length, CodecUtil.footerLength());
        assertDamageNoticed(name, IndexFiles.sealed(cut), "cut to " + length + " and sealed");
      }
    }
  }

  public void testGrown() throws IOException {
    for (String name : ours()) {
      byte[] content = files.get(name);
      assertDamageNoticed(name, Arrays.copyOf(content, content.length + 7), "grown");
    }
  }

  public void testFlippedBits() throws IOException {
    for (String name : ours()) {
      for (int position : positions(name)) {
        byte[] flipped = flipped(files.get(name), position);
        assertDamageNoticed(name, flipped, "flipped at " + position);
      }
    }
  }

  /** With a checksum that fits, all that can be asked is that nothing breaks. */
  public void testFlippedBitsWithNewChecksum() throws IOException {
    for (String name : ours()) {
      int payload = files.get(name).length - CodecUtil.footerLength();
      for (int position : positions(name)) {
        if (position < payload) {
          byte[] flipped = IndexFiles.sealed(flipped(files.get(name), position));
          assertDamageBearable(name, flipped, "flipped and sealed at " + position);
        }
      }
    }
  }

  /** Numbers of all sizes where small ones belong. */
  public void testOverwrittenWithNewChecksum() throws IOException {
    byte[][] values = {
      {0, 0, 0, 0, 0, 0, 0, 0},
      {-1, -1, -1, -1, -1, -1, -1, -1},
      {-1, -1, -1, 127, -1, -1, -1, 127},
      {-1, -1, -1, -1, 7, 0, 0, 0},
      {0, 0, -64, 127, 0, 0, -128, 127}
    };
    for (String name : ours()) {
      byte[] content = files.get(name);
      int payload = content.length - CodecUtil.footerLength();
      // Lucene itself reads the header, and believes any length of the name in there.
      int header = CodecUtil.indexHeaderLength("OmenVectorsMeta", "OmenVectors_0");
      for (int position : positions(name)) {
        byte[] value = values[random().nextInt(values.length)];
        if (position >= header && position + value.length <= payload) {
          byte[] changed = content.clone();
          System.arraycopy(value, 0, changed, position, value.length);
          assertDamageBearable(
              name,
              IndexFiles.sealed(changed),
              "overwritten at " + position + " with " + Arrays.toString(value));
        }
      }
    }
  }

  public void testSwappedBetweenSegments() throws IOException {
    for (String name : ours()) {
      byte[] other = files.get("_1" + name.substring(2));
      assertNotNull(other);
      assertDamageNoticed(name, other, "of another segment");
    }
  }

  public void testSwappedInSegment() throws IOException {
    for (String name : ours()) {
      for (String other : ours()) {
        if (!name.equals(other)) {
          assertDamageNoticed(name, files.get(other), "is " + other);
        }
      }
    }
  }

  public void testMissing() throws IOException {
    for (String name : ours()) {
      Map<String, byte[]> damaged = new HashMap<>(files);
      damaged.remove(name);
      assertNamed(name, "missing", use(damaged, false));
    }
  }

  /** Our files of the first segment. */
  private static String[] ours() {
    return files.keySet().stream()
        .filter(name -> name.startsWith("_0_") && IndexFiles.isOurs(name))
        .toArray(String[]::new);
  }

  /** Lengths below a length: the least and the greatest, and some between. */
  private static int[] lengths(int length) {
    FixedBitSet lengths = new FixedBitSet(length);
    for (int i = 0; i < 20; i++) {
      lengths.set(Math.min(i, length - 1));
      lengths.set(Math.max(0, length - 1 - i));
      lengths.set(random().nextInt(length));
    }
    return bits(lengths);
  }

  /** All of the metadata's first bytes, where all its numbers are, and samples elsewhere. */
  private static int[] positions(String name) {
    int length = files.get(name).length;
    FixedBitSet positions = new FixedBitSet(length);
    boolean all = name.endsWith(".vem");
    positions.set(0, Math.min(length, all ? 300 : 30));
    for (int i = 0; i < 30; i++) {
      positions.set(random().nextInt(length));
      // The numbers of the second field, and the footer.
      positions.set(Math.max(0, length - 1 - random().nextInt(60)));
    }
    return bits(positions);
  }

  private static int[] bits(FixedBitSet set) {
    int[] bits = new int[set.cardinality()];
    BitSetIterator iterator = new BitSetIterator(set, bits.length);
    for (int i = 0; i < bits.length; i++) {
      bits[i] = iterator.nextDoc();
    }
    return bits;
  }

  private static byte[] flipped(byte[] content, int position) {
    byte[] flipped = content.clone();
    flipped[position] ^= (byte) (1 << random().nextInt(8));
    return flipped;
  }

  private static void assertDamageNoticed(String name, byte[] content, String what)
      throws IOException {
    Map<String, byte[]> damaged = new HashMap<>(files);
    damaged.put(name, content);
    Throwable failure = use(damaged, false);
    assertNotNull(name + " " + what + ": not noticed", failure);
    assertNamed(name, what, failure);
  }

  private static void assertDamageBearable(String name, byte[] content, String what)
      throws IOException {
    Map<String, byte[]> damaged = new HashMap<>(files);
    damaged.put(name, content);
    Throwable failure = use(damaged, false);
    if (failure != null) {
      assertNamed(name, what, failure);
    }
  }

  private static void assertNamed(String name, String what, Throwable failure) {
    StringWriter text = new StringWriter();
    failure.printStackTrace(new PrintWriter(text));
    assertTrue(
        name + " " + what + ": " + text,
        failure instanceof CorruptIndexException
            || failure instanceof IndexFormatTooOldException
            || failure instanceof IndexFormatTooNewException
            || failure instanceof EOFException
            || (failure instanceof IOException && failure.getMessage().contains("vInt")));
    // The file, or another of the segment that does not agree with it. Files in memory end without
    // giving their names, those on disk do not.
    String segment = name.substring(0, name.indexOf('.') + 1);
    assertTrue(
        name + " " + what + ": not named: " + text,
        text.toString().contains(segment) || text.toString().contains("java.io.EOFException\n"));
  }

  /**
   * Opens, checks and searches an index.
   *
   * @return what went wrong, or null
   */
  private static Throwable use(Map<String, byte[]> content, boolean right) throws IOException {
    // Complains when it is closed and files are still open.
    try (MockDirectoryWrapper directory =
        new MockDirectoryWrapper(random(), IndexFiles.directory(content))) {
      directory.setCheckIndexOnClose(false);
      try (DirectoryReader reader = DirectoryReader.open(directory)) {
        for (LeafReaderContext leaf : reader.leaves()) {
          search(leaf.reader(), floats, FIELD, right);
          search(leaf.reader(), bytes, BYTES, right);
          leaf.reader().checkIntegrity();
        }
      } catch (IOException | RuntimeException | OutOfMemoryError e) {
        return e;
      } catch (AssertionError e) {
        throw new AssertionError("files: " + content.keySet(), e);
      }
    }
    return null;
  }

  /** Whatever the codes say, scores are right, as they come from raw vectors. */
  private static void search(LeafReader leaf, Vectors vectors, String field, boolean right)
      throws IOException {
    int maxDoc = leaf.maxDoc();
    FixedBitSet some = new FixedBitSet(maxDoc);
    for (int doc = 0; doc < maxDoc; doc += 3) {
      some.set(doc);
    }
    AcceptDocs[] accepted = {
      AcceptDocs.fromLiveDocs(null, maxDoc),
      AcceptDocs.fromIteratorSupplier(
          () -> new BitSetIterator(some, some.cardinality()), null, maxDoc)
    };
    for (AcceptDocs docs : accepted) {
      TopDocs hits = vectors.search(leaf, field, 0, 10, docs, Integer.MAX_VALUE);
      assertTrue(hits.scoreDocs.length <= 10);
      assertTrue(!right || hits.scoreDocs.length == 10);
      for (ScoreDoc hit : hits.scoreDocs) {
        float exact = vectors.score(vectors, 0, row(leaf, hit.doc));
        assertEquals(exact, hit.score, tolerance(exact));
      }
    }
  }
}
