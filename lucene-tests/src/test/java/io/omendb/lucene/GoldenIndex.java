/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene;

import io.omendb.lucene.store.FileLayout;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.apache.lucene.codecs.Codec;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.NoMergePolicy;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.store.Directory;
import org.apache.lucene.util.Version;

/**
 * An index as one version of the format wrote it on one line of Lucene, kept among the resources.
 * What is in it never changes, so that any later build can tell whether it reads it right.
 *
 * @param format version of the files
 * @param lucene version of Lucene that wrote it
 * @param file where it is kept
 */
record GoldenIndex(int format, String lucene, Path file) {
  /** First row of each segment, and the number of rows: raw alone, blocks, blocks with a graph. */
  static final int[] STARTS = {0, 60, 210, 480};

  static final OmenVectorsOptions OPTIONS =
      OmenVectorsOptions.DEFAULT.withCodesThreshold(100).withGraphThreshold(4);

  private static final int ROWS = STARTS[STARTS.length - 1];
  private static final int DIMENSION = 10;
  private static final Pattern NAME = Pattern.compile("format-(\\d+)-lucene-([0-9.]+)\\.zip");

  /** Vectors of all rows by field. */
  static Map<String, Vectors> fields() {
    Map<String, Vectors> fields = new LinkedHashMap<>();
    for (VectorSimilarityFunction similarity :
        List.of(
            VectorSimilarityFunction.EUCLIDEAN,
            VectorSimilarityFunction.DOT_PRODUCT,
            VectorSimilarityFunction.COSINE,
            VectorSimilarityFunction.MAXIMUM_INNER_PRODUCT)) {
      boolean unit = similarity == VectorSimilarityFunction.DOT_PRODUCT;
      fields.put("float-" + similarity, Vectors.of(floats(fields.size(), unit), similarity));
    }
    for (VectorSimilarityFunction similarity :
        List.of(VectorSimilarityFunction.EUCLIDEAN, VectorSimilarityFunction.COSINE)) {
      fields.put("byte-" + similarity, Vectors.of(bytes(fields.size()), similarity));
    }
    return fields;
  }

  static boolean isDeleted(int row) {
    return row % 9 == 4;
  }

  /** Whether the row has vectors in the fields of floats. */
  static boolean hasFloats(int row) {
    return row % 7 != 3;
  }

  /** All that are kept. */
  static List<GoldenIndex> all() throws IOException, URISyntaxException {
    Path folder = Path.of(GoldenIndex.class.getResource("golden").toURI());
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().map(GoldenIndex::of).toList();
    }
  }

  private static GoldenIndex of(Path file) {
    Matcher name = NAME.matcher(file.getFileName().toString());
    if (!name.matches()) {
      throw new IllegalStateException("not the name of a golden index: " + file);
    }
    return new GoldenIndex(Integer.parseInt(name.group(1)), name.group(2), file);
  }

  /** Its files by name. */
  Map<String, byte[]> files() throws IOException {
    Map<String, byte[]> files = new TreeMap<>();
    try (InputStream in = Files.newInputStream(file);
        ZipInputStream zip = new ZipInputStream(in)) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        files.put(entry.getName(), zip.readAllBytes());
      }
    }
    return files;
  }

  /** Writes the one of this version and of the running Lucene, whose own codec is {@code codec}. */
  static Path write(Path folder, Codec codec) throws IOException {
    String name = "format-" + FileLayout.VERSION_CURRENT + "-lucene-" + Version.LATEST + ".zip";
    Path file = folder.resolve(name);
    try (Directory directory = new ByteBuffersDirectory();
        OutputStream out = Files.newOutputStream(file);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      writeIndex(directory, codec);
      for (Map.Entry<String, byte[]> content : IndexFiles.of(directory).entrySet()) {
        ZipEntry entry = new ZipEntry(content.getKey());
        entry.setTime(0);
        zip.putNextEntry(entry);
        zip.write(content.getValue());
      }
    }
    return file;
  }

  private static void writeIndex(Directory directory, Codec codec) throws IOException {
    IndexWriterConfig config =
        new IndexWriterConfig()
            .setCodec(OmenCodec.over(codec, OPTIONS))
            .setMergePolicy(NoMergePolicy.INSTANCE)
            .setUseCompoundFile(false);
    Map<String, Vectors> fields = fields();
    try (IndexWriter writer = new IndexWriter(directory, config)) {
      for (int segment = 0; segment + 1 < STARTS.length; segment++) {
        for (int row = STARTS[segment]; row < STARTS[segment + 1]; row++) {
          writer.addDocument(document(row, fields));
        }
        writer.flush();
      }
      for (int row = 0; row < ROWS; row++) {
        if (isDeleted(row)) {
          writer.deleteDocuments(new Term(OmenTestCase.ID, Integer.toString(row)));
        }
      }
    }
  }

  private static Document document(int row, Map<String, Vectors> fields) {
    Document document = new Document();
    document.add(new NumericDocValuesField(OmenTestCase.ROW, row));
    document.add(new StringField(OmenTestCase.ID, Integer.toString(row), Field.Store.NO));
    fields.forEach((name, vectors) -> {
      if (vectors.isBytes() || hasFloats(row)) {
        document.add(vectors.field(name, row));
      }
    });
    return document;
  }

  /** Clustered vectors by arithmetic that gives the same bits everywhere. */
  private static float[][] floats(int seed, boolean unit) {
    Random random = new Random(seed);
    float[][] rows = new float[ROWS][DIMENSION];
    for (int row = 0; row < ROWS; row++) {
      double squares = 0;
      for (int d = 0; d < DIMENSION; d++) {
        rows[row][d] = random.nextInt(2001) / 1000f - 1 + (row * (d + 3)) % 5;
        squares += (double) rows[row][d] * rows[row][d];
      }
      for (int d = 0; unit && d < DIMENSION; d++) {
        rows[row][d] = (float) (rows[row][d] / Math.sqrt(squares));
      }
    }
    return rows;
  }

  private static byte[][] bytes(int seed) {
    Random random = new Random(seed);
    byte[][] rows = new byte[ROWS][DIMENSION];
    for (int row = 0; row < ROWS; row++) {
      for (int d = 0; d < DIMENSION; d++) {
        rows[row][d] = (byte) (random.nextInt(41) - 20 + (row * (d + 3)) % 5 * 20);
      }
    }
    return rows;
  }
}
