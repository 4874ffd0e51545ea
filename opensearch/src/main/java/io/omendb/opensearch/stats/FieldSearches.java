/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.opensearch.stats;

import io.omendb.opensearch.query.SearchCounters;
import java.io.IOException;
import org.opensearch.core.common.io.stream.StreamInput;
import org.opensearch.core.common.io.stream.StreamOutput;
import org.opensearch.core.common.io.stream.Writeable;
import org.opensearch.core.xcontent.ToXContent;
import org.opensearch.core.xcontent.XContentBuilder;

/** What {@link SearchCounters} counted of a field, in a copy of a shard or in several together. */
record FieldSearches(long queries, long visited, long exactFallbacks)
    implements Writeable, ToXContent {

  static final FieldSearches NONE = new FieldSearches(0, 0, 0);

  static FieldSearches of(SearchCounters counters) {
    return new FieldSearches(counters.queries(), counters.visited(), counters.exactFallbacks());
  }

  FieldSearches(StreamInput in) throws IOException {
    this(in.readVLong(), in.readVLong(), in.readVLong());
  }

  @Override
  public void writeTo(StreamOutput out) throws IOException {
    out.writeVLong(queries);
    out.writeVLong(visited);
    out.writeVLong(exactFallbacks);
  }

  FieldSearches plus(FieldSearches other) {
    return new FieldSearches(
        queries + other.queries, visited + other.visited, exactFallbacks + other.exactFallbacks);
  }

  @Override
  public XContentBuilder toXContent(XContentBuilder builder, Params params) throws IOException {
    return builder
        .field("queries", queries)
        .field("visited", visited)
        .field("exact_fallbacks", exactFallbacks);
  }

  @Override
  public boolean isFragment() {
    return true;
  }
}
