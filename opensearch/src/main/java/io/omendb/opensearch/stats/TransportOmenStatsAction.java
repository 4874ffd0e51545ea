/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.opensearch.stats;

import io.omendb.lucene.SegmentStats;
import io.omendb.opensearch.query.SearchCounters;
import io.omendb.opensearch.query.ShardCounters;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.lucene.index.FieldInfo;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.SegmentReader;
import org.opensearch.action.support.ActionFilters;
import org.opensearch.action.support.broadcast.node.TransportBroadcastByNodeAction;
import org.opensearch.cluster.ClusterState;
import org.opensearch.cluster.block.ClusterBlockException;
import org.opensearch.cluster.block.ClusterBlockLevel;
import org.opensearch.cluster.metadata.IndexNameExpressionResolver;
import org.opensearch.cluster.routing.ShardRouting;
import org.opensearch.cluster.routing.ShardsIterator;
import org.opensearch.cluster.service.ClusterService;
import org.opensearch.common.inject.Inject;
import org.opensearch.common.lucene.Lucene;
import org.opensearch.core.action.support.DefaultShardOperationFailedException;
import org.opensearch.core.common.io.stream.StreamInput;
import org.opensearch.index.engine.Engine;
import org.opensearch.index.shard.IndexShard;
import org.opensearch.indices.IndicesService;
import org.opensearch.threadpool.ThreadPool;
import org.opensearch.transport.TransportService;

/** Reads the vector fields of all copies of shards, each on its node. */
public final class TransportOmenStatsAction
    extends TransportBroadcastByNodeAction<OmenStatsRequest, OmenStatsResponse, ShardVectors> {
  private final IndicesService indices;
  private final ShardCounters counters;

  /** Made by the node. */
  @Inject
  public TransportOmenStatsAction(
      ClusterService clusterService,
      TransportService transportService,
      IndicesService indices,
      ShardCounters counters,
      ActionFilters actionFilters,
      IndexNameExpressionResolver resolver) {
    super(
        OmenStatsAction.NAME,
        clusterService,
        transportService,
        actionFilters,
        resolver,
        OmenStatsRequest::new,
        ThreadPool.Names.MANAGEMENT);
    this.indices = indices;
    this.counters = counters;
  }

  @Override
  protected ShardVectors shardOperation(OmenStatsRequest request, ShardRouting routing)
      throws IOException {
    IndexShard shard = indices.indexServiceSafe(routing.index()).getShard(routing.id());
    Map<String, Map<String, SegmentVectors>> fields = new TreeMap<>();
    try (Engine.Searcher searcher = shard.acquireSearcher("omen_stats")) {
      for (LeafReaderContext leaf : searcher.getIndexReader().leaves()) {
        SegmentReader segment = Lucene.segmentReader(leaf.reader());
        for (FieldInfo field : segment.getFieldInfos()) {
          SegmentStats stats = SegmentStats.of(segment, field.name);
          if (stats != null) {
            fields
                .computeIfAbsent(field.name, name -> new TreeMap<>())
                .put(stats.segment(), SegmentVectors.of(stats));
          }
        }
      }
    }
    Map<String, SearchCounters> counted = counters.of(shard.shardId());
    Map<String, FieldVectors> result = new TreeMap<>();
    fields.forEach((name, segments) -> {
      SearchCounters searches = counted.get(name);
      result.put(
          name,
          new FieldVectors(
              searches == null ? FieldSearches.NONE : FieldSearches.of(searches), segments));
    });
    return new ShardVectors(shard.routingEntry(), result);
  }

  @Override
  protected OmenStatsResponse newResponse(
      OmenStatsRequest request,
      int total,
      int successful,
      int failed,
      List<ShardVectors> shards,
      List<DefaultShardOperationFailedException> failures,
      ClusterState state) {
    return new OmenStatsResponse(total, successful, failed, failures, shards);
  }

  @Override
  protected ShardVectors readShardResult(StreamInput in) throws IOException {
    return new ShardVectors(in);
  }

  @Override
  protected OmenStatsRequest readRequestFrom(StreamInput in) throws IOException {
    return new OmenStatsRequest(in);
  }

  @Override
  protected ShardsIterator shards(
      ClusterState state, OmenStatsRequest request, String[] concreteIndices) {
    return state.routingTable().allShards(concreteIndices);
  }

  @Override
  protected ClusterBlockException checkGlobalBlock(ClusterState state, OmenStatsRequest request) {
    return state.blocks().globalBlockedException(ClusterBlockLevel.METADATA_READ);
  }

  @Override
  protected ClusterBlockException checkRequestBlock(
      ClusterState state, OmenStatsRequest request, String[] concreteIndices) {
    return state.blocks().indicesBlockedException(ClusterBlockLevel.METADATA_READ, concreteIndices);
  }
}
