/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.opensearch.stats;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.opensearch.action.support.broadcast.BroadcastResponse;
import org.opensearch.core.action.support.DefaultShardOperationFailedException;
import org.opensearch.core.common.io.stream.StreamInput;
import org.opensearch.core.common.io.stream.StreamOutput;
import org.opensearch.core.xcontent.XContentBuilder;

/** Vector fields, by index in sum over the copies of its shards, and by copy and segment. */
public final class OmenStatsResponse extends BroadcastResponse {
  private final List<ShardVectors> shards;

  OmenStatsResponse(
      int total,
      int successful,
      int failed,
      List<DefaultShardOperationFailedException> failures,
      List<ShardVectors> shards) {
    super(total, successful, failed, failures);
    this.shards = shards;
  }

  OmenStatsResponse(StreamInput in) throws IOException {
    super(in);
    shards = in.readList(ShardVectors::new);
  }

  @Override
  public void writeTo(StreamOutput out) throws IOException {
    super.writeTo(out);
    out.writeList(shards);
  }

  @Override
  protected void addCustomXContentFields(XContentBuilder builder, Params params)
      throws IOException {
    Map<String, List<ShardVectors>> indexes = new TreeMap<>();
    for (ShardVectors shard : shards) {
      if (!shard.fields().isEmpty()) {
        indexes
            .computeIfAbsent(shard.routing().getIndexName(), name -> new ArrayList<>())
            .add(shard);
      }
    }
    builder.startObject("indices");
    for (Map.Entry<String, List<ShardVectors>> index : indexes.entrySet()) {
      builder.startObject(index.getKey());
      total(index.getValue(), builder, params);
      copies(index.getValue(), builder, params);
      builder.endObject();
    }
    builder.endObject();
  }

  private static void total(List<ShardVectors> copies, XContentBuilder builder, Params params)
      throws IOException {
    Map<String, SegmentVectors> vectors = new TreeMap<>();
    Map<String, FieldSearches> searches = new TreeMap<>();
    for (ShardVectors copy : copies) {
      copy.fields()
          .forEach((name, field) -> {
            vectors.merge(name, field.vectors(), SegmentVectors::plus);
            searches.merge(name, field.searches(), FieldSearches::plus);
          });
    }
    builder.startObject("fields");
    for (String name : vectors.keySet()) {
      builder.startObject(name);
      vectors.get(name).toXContent(builder, params);
      searches.get(name).toXContent(builder, params);
      builder.endObject();
    }
    builder.endObject();
  }

  private static void copies(List<ShardVectors> copies, XContentBuilder builder, Params params)
      throws IOException {
    builder.startArray("shards");
    for (ShardVectors copy : copies) {
      builder
          .startObject()
          .field("shard", copy.routing().id())
          .field("primary", copy.routing().primary())
          .field("node", copy.routing().currentNodeId())
          .startObject("fields");
      for (Map.Entry<String, FieldVectors> field : copy.fields().entrySet()) {
        builder.startObject(field.getKey());
        field.getValue().toXContent(builder, params);
        builder.endObject();
      }
      builder.endObject().endObject();
    }
    builder.endArray();
  }
}
