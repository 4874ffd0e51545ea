/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.examples;

import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.SegmentCommitInfo;
import org.apache.lucene.index.SegmentReader;

/**
 * Where the bytes of an index's vectors lie, from the lengths of its files.
 *
 * @param raw the vectors as they were given
 * @param codes quantized vectors
 * @param graph the graph and what else is needed to walk it
 * @param metadata headers, tables and codebooks
 */
record VectorBytes(long raw, long codes, long graph, long metadata) {
  /** Counts the files of all segments, which must not be compound. */
  static VectorBytes of(DirectoryReader reader) throws IOException {
    Map<String, Long> lengths = new TreeMap<>();
    for (LeafReaderContext leaf : reader.leaves()) {
      SegmentCommitInfo segment = ((SegmentReader) leaf.reader()).getSegmentInfo();
      if (segment.info.getUseCompoundFile()) {
        throw new IllegalArgumentException("compound file: " + segment.info.name);
      }
      for (String file : segment.files()) {
        String extension = file.substring(file.lastIndexOf('.') + 1);
        lengths.merge(extension, segment.info.dir.fileLength(file), Long::sum);
      }
    }
    return ofExtensions(lengths);
  }

  static VectorBytes ofExtensions(Map<String, Long> lengths) {
    return new VectorBytes(
        sum(lengths, "vec"),
        sum(lengths, "vpq", "veq", "veb"),
        sum(lengths, "vex"),
        sum(lengths, "vem", "vemf", "vemq", "vemb"));
  }

  private static long sum(Map<String, Long> lengths, String... extensions) {
    long sum = 0;
    for (String extension : extensions) {
      sum += lengths.getOrDefault(extension, 0L);
    }
    return sum;
  }

  /** What a search touches all over: without codes the raw vectors, else all but them. */
  long hot() {
    return codes > 0 ? codes + graph + metadata : disk();
  }

  long disk() {
    return raw + codes + graph + metadata;
  }
}
