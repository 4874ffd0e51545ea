/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.opensearch.stats;

import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import org.opensearch.cluster.routing.ShardRouting;
import org.opensearch.core.common.io.stream.StreamInput;
import org.opensearch.core.common.io.stream.StreamOutput;
import org.opensearch.core.common.io.stream.Writeable;

/**
 * The vector fields of a copy of a shard.
 *
 * @param routing which copy it is
 * @param fields by name
 */
record ShardVectors(ShardRouting routing, Map<String, FieldVectors> fields) implements Writeable {

  ShardVectors(StreamInput in) throws IOException {
    this(
        new ShardRouting(in),
        new TreeMap<>(in.readMap(StreamInput::readString, FieldVectors::new)));
  }

  @Override
  public void writeTo(StreamOutput out) throws IOException {
    routing.writeTo(out);
    out.writeMap(fields, StreamOutput::writeString, (o, field) -> field.writeTo(o));
  }
}
