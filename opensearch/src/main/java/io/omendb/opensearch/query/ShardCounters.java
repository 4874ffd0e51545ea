/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.opensearch.query;

import java.util.Collections;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.opensearch.common.settings.Settings;
import org.opensearch.core.index.shard.ShardId;
import org.opensearch.index.shard.IndexEventListener;
import org.opensearch.index.shard.IndexShard;

/** The counters of all fields of the shards on this node; shared by threads. */
public final class ShardCounters implements IndexEventListener {
  private final Map<ShardId, Map<String, SearchCounters>> shards = new ConcurrentHashMap<>();

  /** Counters of a field in a shard, at zero at first. */
  public SearchCounters of(ShardId shard, String field) {
    return shards
        .computeIfAbsent(shard, id -> new ConcurrentHashMap<>())
        .computeIfAbsent(field, name -> new SearchCounters());
  }

  /** Counters of a shard's fields, of those that were searched. */
  public Map<String, SearchCounters> of(ShardId shard) {
    return Collections.unmodifiableMap(shards.getOrDefault(shard, Map.of()));
  }

  @Override
  public void afterIndexShardClosed(ShardId shard, IndexShard indexShard, Settings settings) {
    shards.remove(shard);
  }
}
