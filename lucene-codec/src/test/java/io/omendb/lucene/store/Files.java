/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene.store;

import java.io.IOException;
import java.util.Map;
import org.apache.lucene.index.DocValuesSkipIndexType;
import org.apache.lucene.index.DocValuesType;
import org.apache.lucene.index.FieldInfo;
import org.apache.lucene.index.FieldInfos;
import org.apache.lucene.index.IndexOptions;
import org.apache.lucene.index.SegmentInfo;
import org.apache.lucene.index.SegmentReadState;
import org.apache.lucene.index.SegmentWriteState;
import org.apache.lucene.index.VectorEncoding;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.IOContext;
import org.apache.lucene.store.IndexInput;
import org.apache.lucene.store.IndexOutput;
import org.apache.lucene.util.InfoStream;
import org.apache.lucene.util.Version;

/** Files in memory, and what Lucene would say about the segment that they belong to. */
final class Files {
  private Files() {}

  /** Writes the bytes of a file. */
  @FunctionalInterface
  interface Writing {
    void to(IndexOutput out) throws IOException;
  }

  /** A file with the bytes that are written, nothing else. */
  static IndexInput file(Writing writing) throws IOException {
    Directory directory = new ByteBuffersDirectory();
    try (IndexOutput out = directory.createOutput("test.bin", IOContext.DEFAULT)) {
      writing.to(out);
    }
    return directory.openInput("test.bin", IOContext.DEFAULT);
  }

  /** All bytes of a file. */
  static byte[] bytes(IndexInput in) throws IOException {
    byte[] bytes = new byte[Math.toIntExact(in.length())];
    in.clone().readBytes(bytes, 0, bytes.length);
    return bytes;
  }

  /** Puts other bytes in the place of a file. */
  static void replace(Directory directory, String name, byte[] bytes) throws IOException {
    directory.deleteFile(name);
    try (IndexOutput out = directory.createOutput(name, IOContext.DEFAULT)) {
      out.writeBytes(bytes, bytes.length);
    }
  }

  /** A field of float vectors. */
  static FieldInfo field(String name, int number, int dimension) {
    return new FieldInfo(
        name,
        number,
        false,
        false,
        false,
        IndexOptions.NONE,
        DocValuesType.NONE,
        DocValuesSkipIndexType.NONE,
        -1,
        Map.of(),
        0,
        0,
        0,
        dimension,
        VectorEncoding.FLOAT32,
        VectorSimilarityFunction.EUCLIDEAN,
        false,
        false);
  }

  static SegmentWriteState writeState(Directory directory, FieldInfo... fields) {
    return new SegmentWriteState(
        InfoStream.NO_OUTPUT,
        directory,
        segment(directory),
        new FieldInfos(fields),
        null,
        IOContext.DEFAULT);
  }

  static SegmentReadState readState(Directory directory, FieldInfo... fields) {
    return new SegmentReadState(
        directory, segment(directory), new FieldInfos(fields), IOContext.DEFAULT);
  }

  private static SegmentInfo segment(Directory directory) {
    return new SegmentInfo(
        directory,
        Version.LATEST,
        Version.LATEST,
        "_0",
        1000,
        false,
        false,
        null,
        Map.of(),
        new byte[16],
        Map.of(),
        null);
  }
}
