/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.opensearch.stats;

import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import org.opensearch.core.common.io.stream.StreamInput;
import org.opensearch.core.common.io.stream.StreamOutput;
import org.opensearch.core.common.io.stream.Writeable;
import org.opensearch.core.xcontent.ToXContent;
import org.opensearch.core.xcontent.XContentBuilder;

/**
 * A field in a copy of a shard.
 *
 * @param searches what searches did
 * @param segments vectors by name of segment
 */
record FieldVectors(FieldSearches searches, Map<String, SegmentVectors> segments)
    implements Writeable, ToXContent {

  FieldVectors(StreamInput in) throws IOException {
    this(
        new FieldSearches(in),
        new TreeMap<>(in.readMap(StreamInput::readString, SegmentVectors::new)));
  }

  @Override
  public void writeTo(StreamOutput out) throws IOException {
    searches.writeTo(out);
    out.writeMap(segments, StreamOutput::writeString, (o, segment) -> segment.writeTo(o));
  }

  /** The vectors of all segments. */
  SegmentVectors vectors() {
    return segments.values().stream().reduce(SegmentVectors.NONE, SegmentVectors::plus);
  }

  @Override
  public XContentBuilder toXContent(XContentBuilder builder, Params params) throws IOException {
    vectors().toXContent(builder, params);
    searches.toXContent(builder, params);
    builder.startObject("segments");
    for (Map.Entry<String, SegmentVectors> segment : segments.entrySet()) {
      builder.startObject(segment.getKey());
      segment.getValue().toXContent(builder, params);
      builder.endObject();
    }
    return builder.endObject();
  }

  @Override
  public boolean isFragment() {
    return true;
  }
}
