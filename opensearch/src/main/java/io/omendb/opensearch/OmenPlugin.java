/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.opensearch;

import io.omendb.opensearch.codec.OmenCodecService;
import io.omendb.opensearch.mapper.OmenVectorFieldBuilder;
import io.omendb.opensearch.mapper.OmenVectorFieldMapper;
import io.omendb.opensearch.query.OmenKnnQueryBuilder;
import io.omendb.opensearch.query.OmenKnnQueryParser;
import io.omendb.opensearch.query.ShardCounters;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.opensearch.common.settings.Setting;
import org.opensearch.common.settings.Setting.Property;
import org.opensearch.index.IndexCreationValidator;
import org.opensearch.index.IndexModule;
import org.opensearch.index.IndexSettings;
import org.opensearch.index.codec.CodecServiceFactory;
import org.opensearch.index.mapper.Mapper;
import org.opensearch.plugins.EnginePlugin;
import org.opensearch.plugins.MapperPlugin;
import org.opensearch.plugins.Plugin;
import org.opensearch.plugins.SearchPlugin;

/** Vector search with 32 bytes per vector in memory: a field type, a query and their codec. */
public final class OmenPlugin extends Plugin implements EnginePlugin, MapperPlugin, SearchPlugin {
  /** Whether an index may hold {@code omen_vector} fields. */
  public static final Setting<Boolean> INDEX_OMEN =
      Setting.boolSetting("index.omen", false, Property.IndexScope, Property.Final);

  /** The setting of the k-NN plugin that gives an index to its codec. */
  private static final String INDEX_KNN = "index.knn";

  private final ShardCounters counters = new ShardCounters();

  @Override
  public List<Setting<?>> getSettings() {
    return List.of(INDEX_OMEN);
  }

  @Override
  public Optional<CodecServiceFactory> getCustomCodecServiceFactory(IndexSettings settings) {
    return INDEX_OMEN.get(settings.getSettings())
        ? Optional.of(OmenCodecService::new)
        : Optional.empty();
  }

  @Override
  public Collection<IndexCreationValidator> getIndexCreationValidators() {
    return List.of((mapperService, settings) -> checkOneCodec(settings));
  }

  /** An index has one service of codecs; said here, or its shards would fail to start. */
  private static void checkOneCodec(IndexSettings settings) {
    if (INDEX_OMEN.get(settings.getSettings())
        && settings.getSettings().getAsBoolean(INDEX_KNN, false)) {
      throw new IllegalArgumentException(
          "["
              + INDEX_OMEN.getKey()
              + "] and ["
              + INDEX_KNN
              + "] can't both be true: each gives the index a codec of its own. Put omen_vector and"
              + " knn_vector fields into two indexes");
    }
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
}
