/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.StringJoiner;
import org.apache.lucene.codecs.Codec;
import org.apache.lucene.codecs.KnnVectorsReader;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.KnnByteVectorField;
import org.apache.lucene.document.KnnFloatVectorField;
import org.apache.lucene.index.ByteVectorValues;
import org.apache.lucene.index.CodecReader;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.FieldInfos;
import org.apache.lucene.index.FloatVectorValues;
import org.apache.lucene.index.IndexFormatTooNewException;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.LogDocMergePolicy;
import org.apache.lucene.index.SegmentInfo;
import org.apache.lucene.index.SegmentInfos;
import org.apache.lucene.index.SegmentReadState;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.search.AcceptDocs;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TopKnnCollector;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.store.IOContext;

/**
 * What {@link TestCrossVersion} runs in a JVM of its own on each line of Lucene, with nothing else
 * on the class path. Prints the documents that searches find, one line for each state of an index.
 */
final class CrossLine {
  private static final int COUNT = 4500;
  private static final int ADDED = 100;
  private static final int DIMENSION = 40;
  private static final float[][] FLOATS = new float[COUNT + ADDED][DIMENSION];
  private static final byte[][] BYTES = new byte[COUNT + ADDED][DIMENSION];

  static {
    Random random = new Random(42);
    for (int row = 0; row < FLOATS.length; row++) {
      for (int d = 0; d < DIMENSION; d++) {
        FLOATS[row][d] = (float) random.nextGaussian() + row % 10;
      }
      random.nextBytes(BYTES[row]);
    }
  }

  private CrossLine() {}

  /** Arguments: {@code write} or {@code read}, then directories. */
  public static void main(String[] args) throws IOException {
    for (String path : Arrays.asList(args).subList(1, args.length)) {
      try (Directory directory = FSDirectory.open(Path.of(path))) {
        if (args[0].equals("write")) {
          write(directory);
          Files.writeString(Path.of(path + ".segment"), onlySegment(directory));
          System.out.println("found " + read(directory, COUNT));
        } else {
          readAndMerge(directory, Files.readString(Path.of(path + ".segment")));
        }
      }
    }
  }

  private static void write(Directory directory) throws IOException {
    try (IndexWriter writer = new IndexWriter(directory, config())) {
      for (int row = 0; row < COUNT; row++) {
        writer.addDocument(document(row));
        if (row == COUNT / 2) {
          writer.flush();
        }
      }
      writer.forceMerge(1);
    }
  }

  private static IndexWriterConfig config() {
    // Keeps documents in order, so that their numbers are those of the rows.
    LogDocMergePolicy policy = new LogDocMergePolicy();
    policy.setNoCFSRatio(0);
    return new IndexWriterConfig()
        .setCodec(Codec.forName(CrossLineCodec.NAME))
        .setMergePolicy(policy)
        .setUseCompoundFile(false);
  }

  private static Document document(int row) {
    Document document = new Document();
    document.add(
        new KnnFloatVectorField("floats", FLOATS[row], VectorSimilarityFunction.EUCLIDEAN));
    document.add(
        new KnnByteVectorField(
            "bytes", BYTES[row], VectorSimilarityFunction.MAXIMUM_INNER_PRODUCT));
    return document;
  }

  private static String onlySegment(Directory directory) throws IOException {
    SegmentInfo segment = SegmentInfos.readLatestCommit(directory).info(0).info;
    return segment.name + " " + HexFormat.of().formatHex(segment.getId());
  }

  private static void readAndMerge(Directory directory, String segment) throws IOException {
    try {
      System.out.println("found " + read(directory, COUNT));
    } catch (IndexFormatTooNewException e) {
      // Lucene does not read lists of segments that are newer than itself, but their files.
      System.out.println("found " + readSegment(directory, segment));
      return;
    }
    try (IndexWriter writer = new IndexWriter(directory, config())) {
      for (int row = COUNT; row < COUNT + ADDED; row++) {
        writer.addDocument(document(row));
      }
      writer.forceMerge(1);
    }
    System.out.println("merged " + read(directory, COUNT + ADDED));
  }

  private static String read(Directory directory, int count) throws IOException {
    try (DirectoryReader reader = DirectoryReader.open(directory)) {
      check(reader.leaves().size() == 1, "segments");
      return read(((CodecReader) reader.leaves().get(0).reader()).getVectorReader(), count);
    }
  }

  private static String readSegment(Directory directory, String segment) throws IOException {
    Codec codec = Codec.forName(CrossLineCodec.NAME);
    String name = segment.substring(0, segment.indexOf(' '));
    byte[] id = HexFormat.of().parseHex(segment.substring(name.length() + 1));
    SegmentInfo info = codec.segmentInfoFormat().read(directory, name, id, IOContext.DEFAULT);
    FieldInfos fields = codec.fieldInfosFormat().read(directory, info, "", IOContext.DEFAULT);
    try (KnnVectorsReader vectors =
        codec
            .knnVectorsFormat()
            .fieldsReader(new SegmentReadState(directory, info, fields, IOContext.DEFAULT))) {
      return read(vectors, info.maxDoc());
    }
  }

  /** Checks all vectors, and returns what searches find. */
  private static String read(KnnVectorsReader vectors, int count) throws IOException {
    vectors.checkIntegrity();
    FloatVectorValues floats = vectors.getFloatVectorValues("floats");
    ByteVectorValues bytes = vectors.getByteVectorValues("bytes");
    check(floats.size() == count && bytes.size() == count, "vectors");
    for (int row = 0; row < count; row++) {
      check(Arrays.equals(FLOATS[row], floats.vectorValue(row)), "floats " + row);
      check(Arrays.equals(BYTES[row], bytes.vectorValue(row)), "bytes " + row);
    }
    StringJoiner found = new StringJoiner(" ");
    for (int row = 0; row < 20; row++) {
      TopKnnCollector byFloats = new TopKnnCollector(10, Integer.MAX_VALUE);
      vectors.search("floats", FLOATS[row], byFloats, AcceptDocs.fromLiveDocs(null, count));
      TopKnnCollector byBytes = new TopKnnCollector(10, Integer.MAX_VALUE);
      vectors.search("bytes", BYTES[row], byBytes, AcceptDocs.fromLiveDocs(null, count));
      for (TopKnnCollector collector : new TopKnnCollector[] {byFloats, byBytes}) {
        for (ScoreDoc hit : collector.topDocs().scoreDocs) {
          found.add(Integer.toString(hit.doc));
        }
      }
    }
    return found.toString();
  }

  private static void check(boolean holds, String what) {
    if (!holds) {
      throw new IllegalStateException("wrong: " + what);
    }
  }
}
