/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.opensearch;

import io.omendb.opensearch.cluster.PluginNodesDecider;
import io.omendb.opensearch.codec.OmenCodecService;
import io.omendb.opensearch.mapper.OmenVectorFieldBuilder;
import io.omendb.opensearch.mapper.OmenVectorFieldMapper;
import io.omendb.opensearch.query.OmenKnnQueryBuilder;
import io.omendb.opensearch.query.OmenKnnQueryParser;
import io.omendb.opensearch.query.ShardCounters;
import io.omendb.opensearch.stats.OmenStatsAction;
import io.omendb.opensearch.stats.RestOmenStatsAction;
import io.omendb.opensearch.stats.TransportOmenStatsAction;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.opensearch.action.ActionRequest;
import org.opensearch.cluster.metadata.IndexNameExpressionResolver;
import org.opensearch.cluster.node.DiscoveryNodes;
import org.opensearch.cluster.routing.allocation.decider.AllocationDecider;
import org.opensearch.cluster.service.ClusterService;
import org.opensearch.common.settings.ClusterSettings;
import org.opensearch.common.settings.IndexScopedSettings;
import org.opensearch.common.settings.Setting;
import org.opensearch.common.settings.Setting.Property;
import org.opensearch.common.settings.Settings;
import org.opensearch.common.settings.SettingsFilter;
import org.opensearch.core.action.ActionResponse;
import org.opensearch.core.common.io.stream.NamedWriteableRegistry;
import org.opensearch.core.xcontent.NamedXContentRegistry;
import org.opensearch.env.Environment;
import org.opensearch.env.NodeEnvironment;
import org.opensearch.index.IndexModule;
import org.opensearch.index.IndexSettings;
import org.opensearch.index.codec.CodecServiceFactory;
import org.opensearch.index.mapper.Mapper;
import org.opensearch.node.Node;
import org.opensearch.plugins.ActionPlugin;
import org.opensearch.plugins.ClusterPlugin;
import org.opensearch.plugins.EnginePlugin;
import org.opensearch.plugins.MapperPlugin;
import org.opensearch.plugins.Plugin;
import org.opensearch.plugins.SearchPlugin;
import org.opensearch.repositories.RepositoriesService;
import org.opensearch.rest.RestController;
import org.opensearch.rest.RestHandler;
import org.opensearch.script.ScriptService;
import org.opensearch.threadpool.ThreadPool;
import org.opensearch.transport.client.Client;
import org.opensearch.watcher.ResourceWatcherService;

/** Vector search with 32 bytes per vector in memory: a field type, a query and their codec. */
public final class OmenPlugin extends Plugin
    implements ActionPlugin, ClusterPlugin, EnginePlugin, MapperPlugin, SearchPlugin {
  /** Asked for when an index is created; {@link #takes} tells whether it was. */
  public static final Setting<Boolean> INDEX_OMEN =
      Setting.boolSetting("index.omen", false, Property.IndexScope, Property.Final);

  /** Where OpenSearch keeps the setting for good when it once started without the plugin. */
  private static final String ARCHIVED = "archived." + INDEX_OMEN.getKey();

  /** The setting of the k-NN plugin that gives an index to its codec. */
  private static final String INDEX_KNN = "index.knn";

  private final ShardCounters counters = new ShardCounters();

  /** Whether an index of these settings may hold {@code omen_vector} fields. */
  public static boolean takes(Settings index) {
    return INDEX_OMEN.get(index) || index.getAsBoolean(ARCHIVED, false);
  }

  @Override
  public List<Setting<?>> getSettings() {
    return List.of(INDEX_OMEN);
  }

  /** Tells the cluster that this node has the plugin. */
  @Override
  public Settings additionalSettings() {
    return Settings.builder()
        .put(Node.NODE_ATTRIBUTES.getKey() + PluginNodesDecider.ATTRIBUTE, "true")
        .build();
  }

  @Override
  public Collection<AllocationDecider> createAllocationDeciders(
      Settings settings, ClusterSettings clusterSettings) {
    return List.of(new PluginNodesDecider());
  }

  /**
   * The codecs of an index that asks for them. An index has one service of codecs, and the k-NN
   * plugin brings one too: that both are asked for is said here, or the node would call it a fault
   * of its own.
   */
  @Override
  public Optional<CodecServiceFactory> getCustomCodecServiceFactory(IndexSettings settings) {
    if (!takes(settings.getSettings())) {
      return Optional.empty();
    }
    if (settings.getSettings().getAsBoolean(INDEX_KNN, false)) {
      throw new IllegalArgumentException(
          "["
              + INDEX_OMEN.getKey()
              + "] and ["
              + INDEX_KNN
              + "] can't both be true: each gives the index a codec of its own. Put omen_vector and"
              + " knn_vector fields into two indexes");
    }
    return Optional.of(OmenCodecService::new);
  }

  @Override
  public void onIndexModule(IndexModule module) {
    module.addIndexEventListener(counters);
  }

  @Override
  public Map<String, Mapper.TypeParser> getMappers() {
    return Map.of(OmenVectorFieldMapper.CONTENT_TYPE, OmenVectorFieldBuilder.PARSER);
  }

  @Override
  public List<QuerySpec<?>> getQueries() {
    return List.of(
        new QuerySpec<>(
            OmenKnnQueryBuilder.NAME,
            in -> new OmenKnnQueryBuilder(counters, in),
            parser -> OmenKnnQueryParser.parse(counters, parser)));
  }

  @Override
  public List<ActionHandler<? extends ActionRequest, ? extends ActionResponse>> getActions() {
    return List.of(new ActionHandler<>(OmenStatsAction.INSTANCE, TransportOmenStatsAction.class));
  }

  @Override
  public List<RestHandler> getRestHandlers(
      Settings settings,
      RestController restController,
      ClusterSettings clusterSettings,
      IndexScopedSettings indexScopedSettings,
      SettingsFilter settingsFilter,
      IndexNameExpressionResolver resolver,
      Supplier<DiscoveryNodes> nodes) {
    return List.of(new RestOmenStatsAction());
  }

  /** What the action of the statistics is given. */
  @Override
  public Collection<Object> createComponents(
      Client client,
      ClusterService clusterService,
      ThreadPool threadPool,
      ResourceWatcherService resourceWatcherService,
      ScriptService scriptService,
      NamedXContentRegistry xContentRegistry,
      Environment environment,
      NodeEnvironment nodeEnvironment,
      NamedWriteableRegistry namedWriteableRegistry,
      IndexNameExpressionResolver resolver,
      Supplier<RepositoriesService> repositoriesService) {
    return List.of(counters);
  }
}
