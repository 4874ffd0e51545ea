/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene;

import io.omendb.lucene.store.FileLayout;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
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
  private static final String LONG = "byte-200";
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
      fields.put(
          "float-" + similarity, Vectors.of(floats(fields.size(), ROWS, 10, unit), similarity));
    }
    // More dimensions than subspaces, and more than axes.
    fields.put("byte-40", Vectors.of(bytes(4, ROWS, 40), VectorSimilarityFunction.EUCLIDEAN));
    fields.put(LONG, Vectors.of(bytes(5, ROWS, 200), VectorSimilarityFunction.COSINE));
    return fields;
  }

  static boolean isDeleted(int row) {
    return row % 9 == 4;
  }

  /** Whether the row has a vector in a field; long ones are in the last segment alone. */
  static boolean has(String field, int row) {
    return field.equals(LONG) ? row >= STARTS[2] : row % 7 != 3;
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
    try (InputStream in = Files.newInputStream(file)) {
      return IndexFiles.unzip(in);
    }
  }

  /** Writes the one of this version and of the running Lucene, whose own codec is {@code codec}. */
  static Path write(Path folder, Codec codec) throws IOException {
    String name = "format-" + FileLayout.VERSION_CURRENT + "-lucene-" + Version.LATEST + ".zip";
    Path file = folder.resolve(name);
    try (Directory directory = new ByteBuffersDirectory()) {
      writeIndex(directory, codec);
      IndexFiles.zip(directory, file);
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
      if (has(name, row)) {
        document.add(vectors.field(name, row));
      }
    });
    return document;
  }

  /** Clustered vectors by arithmetic that gives the same bits everywhere. */
  static float[][] floats(int seed, int rows, int dimension, boolean unit) {
    Random random = new Random(seed);
    float[][] vectors = new float[rows][dimension];
    for (int row = 0; row < rows; row++) {
      float[] vector = vectors[row];
      double squares = 0;
      for (int d = 0; d < dimension; d++) {
        vector[d] = random.nextInt(2001) / 1000f - 1 + (row * (d + 3)) % 5;
        squares += (double) vector[d] * vector[d];
      }
      for (int d = 0; unit && d < dimension; d++) {
        vector[d] = (float) (vector[d] / Math.sqrt(squares));
      }
    }
    return vectors;
  }

  /** The same in bytes. */
  static byte[][] bytes(int seed, int rows, int dimension) {
    Random random = new Random(seed);
    byte[][] vectors = new byte[rows][dimension];
    for (int row = 0; row < rows; row++) {
      for (int d = 0; d < dimension; d++) {
        vectors[row][d] = (byte) (random.nextInt(41) - 20 + (row * (d + 3)) % 5 * 20);
      }
    }
    return vectors;
  }
}
