/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.benchmarks;

import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.SegmentCommitInfo;
import org.apache.lucene.index.SegmentReader;

/** Sizes of the files that hold vectors, by extension. */
public final class FileBytes {
  /** Extensions of vector files begin so. */
  private static final String VECTORS = "v";

  private static final Set<String> RAW = Set.of("vec", "vemf");

  private FileBytes() {}

  /** Bytes of all vector files of an index that has no compound files. */
  public static Map<String, Long> of(DirectoryReader reader) throws IOException {
    Map<String, Long> bytes = new TreeMap<>();
    for (LeafReaderContext leaf : reader.leaves()) {
      SegmentCommitInfo segment = ((SegmentReader) leaf.reader()).getSegmentInfo();
      if (segment.info.getUseCompoundFile()) {
        throw new IllegalArgumentException("compound file: " + segment.info.name);
      }
      for (String file : segment.files()) {
        String extension = file.substring(file.lastIndexOf('.') + 1);
        if (extension.startsWith(VECTORS)) {
          bytes.merge(extension, segment.info.dir.fileLength(file), Long::sum);
        }
      }
    }
    return bytes;
  }

  /** Bytes of all that searches read apart from the raw rows of their shortlists. */
  public static long hot(Map<String, Long> bytes) {
    return bytes.entrySet().stream()
        .filter(file -> !RAW.contains(file.getKey()))
        .mapToLong(Map.Entry::getValue)
        .sum();
  }
}
