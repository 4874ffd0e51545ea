/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.inspect;

import io.omendb.lucene.SegmentLayout;
import io.omendb.lucene.SegmentStats;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.apache.lucene.codecs.perfield.PerFieldKnnVectorsFormat;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.FieldInfo;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.SegmentCommitInfo;
import org.apache.lucene.index.SegmentReader;

/**
 * What an index holds.
 *
 * @param segments in the order of the index
 */
record IndexReport(List<Segment> segments) {

  /**
   * A segment.
   *
   * @param documents documents, deleted ones included
   * @param deleted deleted documents
   * @param lucene version of Lucene that wrote it
   * @param codec name of its codec
   * @param bytes lengths of its files by extension; of a compound file, as one
   * @param fields vector fields
   */
  record Segment(
      String name,
      int documents,
      int deleted,
      String lucene,
      String codec,
      Map<String, Long> bytes,
      List<Field> fields) {}

  /**
   * A vector field of a segment.
   *
   * @param encoding FLOAT32 or BYTE
   * @param similarity how vectors are compared
   * @param format name of the vectors format
   * @param stats how it is stored; null in other formats
   * @param layout its blocks; null where there are none
   */
  record Field(
      String name,
      int dimension,
      String encoding,
      String similarity,
      String format,
      SegmentStats stats,
      SegmentLayout layout) {}

  static IndexReport of(DirectoryReader reader, Predicate<String> wanted) throws IOException {
    List<Segment> segments = new ArrayList<>();
    for (LeafReaderContext context : reader.leaves()) {
      SegmentReader leaf = (SegmentReader) context.reader();
      List<Field> fields = new ArrayList<>();
      for (FieldInfo info : leaf.getFieldInfos()) {
        if (info.hasVectorValues() && wanted.test(info.name)) {
          fields.add(field(leaf, info));
        }
      }
      SegmentCommitInfo info = leaf.getSegmentInfo();
      segments.add(
          new Segment(
              info.info.name,
              leaf.maxDoc(),
              leaf.numDeletedDocs(),
              info.info.getVersion().toString(),
              info.info.getCodec().getName(),
              bytes(info),
              fields));
    }
    return new IndexReport(segments);
  }

  private static Field field(LeafReader leaf, FieldInfo info) {
    return new Field(
        info.name,
        info.getVectorDimension(),
        info.getVectorEncoding().name(),
        info.getVectorSimilarityFunction().name(),
        info.getAttribute(PerFieldKnnVectorsFormat.PER_FIELD_FORMAT_KEY),
        SegmentStats.of(leaf, info.name),
        SegmentLayout.of(leaf, info.name));
  }

  private static Map<String, Long> bytes(SegmentCommitInfo segment) throws IOException {
    Map<String, Long> bytes = new TreeMap<>();
    for (String file : segment.files()) {
      String extension = file.substring(file.lastIndexOf('.') + 1);
      bytes.merge(extension, segment.info.dir.fileLength(file), Long::sum);
    }
    return bytes;
  }
}
