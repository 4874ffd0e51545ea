/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.opensearch.stats;

import java.io.IOException;
import java.util.Map;
import org.opensearch.core.common.io.stream.StreamInput;
import org.opensearch.core.common.io.stream.StreamOutput;
import org.opensearch.core.common.io.stream.Writeable;
import org.opensearch.core.xcontent.ToXContent;
import org.opensearch.core.xcontent.XContentBuilder;

/**
 * The vectors of a field in a segment, or in several together.
 *
 * @param vectors number of vectors, those of deleted documents included
 * @param codeBytes codes, which every search reads a part of
 * @param graphBytes maps, representatives and the graph over them, read by every search
 * @param rawBytes vectors as they were indexed, of which a search reads the rows that it reranks
 */
record SegmentVectors(long vectors, long codeBytes, long graphBytes, long rawBytes)
    implements Writeable, ToXContent {

  static final SegmentVectors NONE = new SegmentVectors(0, 0, 0, 0);

  /**
   * From what the codec says.
   *
   * @param bytes by extension of file; segments with raw vectors alone have no codes
   */
  static SegmentVectors of(long vectors, Map<String, Long> bytes) {
    return new SegmentVectors(
        vectors,
        bytes.getOrDefault("vpq", 0L),
        bytes.getOrDefault("vex", 0L),
        bytes.getOrDefault("vec", 0L));
  }

  SegmentVectors(StreamInput in) throws IOException {
    this(in.readVLong(), in.readVLong(), in.readVLong(), in.readVLong());
  }

  @Override
  public void writeTo(StreamOutput out) throws IOException {
    out.writeVLong(vectors);
    out.writeVLong(codeBytes);
    out.writeVLong(graphBytes);
    out.writeVLong(rawBytes);
  }

  SegmentVectors plus(SegmentVectors other) {
    return new SegmentVectors(
        vectors + other.vectors,
        codeBytes + other.codeBytes,
        graphBytes + other.graphBytes,
        rawBytes + other.rawBytes);
  }

  @Override
  public XContentBuilder toXContent(XContentBuilder builder, Params params) throws IOException {
    return builder
        .field("vectors", vectors)
        .field("code_bytes", codeBytes)
        .field("graph_bytes", graphBytes)
        .field("hot_bytes", codeBytes + graphBytes)
        .field("raw_bytes", rawBytes)
        .field("disk_bytes", codeBytes + graphBytes + rawBytes);
  }

  @Override
  public boolean isFragment() {
    return true;
  }
}
