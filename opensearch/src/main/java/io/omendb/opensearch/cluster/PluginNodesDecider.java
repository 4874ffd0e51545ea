/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.opensearch.cluster;

import io.omendb.opensearch.OmenPlugin;
import org.opensearch.cluster.metadata.IndexMetadata;
import org.opensearch.cluster.node.DiscoveryNode;
import org.opensearch.cluster.routing.RoutingNode;
import org.opensearch.cluster.routing.ShardRouting;
import org.opensearch.cluster.routing.allocation.RoutingAllocation;
import org.opensearch.cluster.routing.allocation.decider.AllocationDecider;
import org.opensearch.cluster.routing.allocation.decider.Decision;

/**
 * Keeps shards of indexes with {@code index.omen} on nodes that have the plugin, where others would
 * fail to open them again and again; {@code _cluster/allocation/explain} gives the reason.
 */
public final class PluginNodesDecider extends AllocationDecider {
  /** Attribute of nodes that have the plugin. */
  public static final String ATTRIBUTE = "omen";

  private static final String NAME = "omen_plugin";

  @Override
  public Decision canAllocate(ShardRouting shard, RoutingNode node, RoutingAllocation allocation) {
    return decide(allocation.metadata().getIndexSafe(shard.index()), node.node(), allocation);
  }

  @Override
  public Decision canAllocate(IndexMetadata index, RoutingNode node, RoutingAllocation allocation) {
    return decide(index, node.node(), allocation);
  }

  @Override
  public Decision canRemain(ShardRouting shard, RoutingNode node, RoutingAllocation allocation) {
    return canAllocate(shard, node, allocation);
  }

  @Override
  public Decision shouldAutoExpandToNode(
      IndexMetadata index, DiscoveryNode node, RoutingAllocation allocation) {
    return decide(index, node, allocation);
  }

  @Override
  public Decision canForceAllocatePrimary(
      ShardRouting shard, RoutingNode node, RoutingAllocation allocation) {
    return canAllocate(shard, node, allocation);
  }

  private static Decision decide(
      IndexMetadata index, DiscoveryNode node, RoutingAllocation allocation) {
    if (!OmenPlugin.takes(index.getSettings())) {
      return allocation.decision(Decision.YES, NAME, "the index needs no plugin omendb");
    }
    if (node.getAttributes().containsKey(ATTRIBUTE)) {
      return allocation.decision(Decision.YES, NAME, "the node has the plugin omendb");
    }
    return allocation.decision(
        Decision.NO,
        NAME,
        "the index has [%s: true], but node [%s] lacks the plugin omendb; install it there",
        OmenPlugin.INDEX_OMEN.getKey(),
        node.getName());
  }
}
