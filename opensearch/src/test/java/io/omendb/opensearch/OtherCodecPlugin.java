/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.opensearch;

import java.util.List;
import java.util.Optional;
import org.opensearch.common.settings.Setting;
import org.opensearch.common.settings.Setting.Property;
import org.opensearch.index.IndexSettings;
import org.opensearch.index.codec.CodecService;
import org.opensearch.index.codec.CodecServiceFactory;
import org.opensearch.plugins.EnginePlugin;
import org.opensearch.plugins.Plugin;

/** Takes the codec of indexes by the setting with which the k-NN plugin does. */
public final class OtherCodecPlugin extends Plugin implements EnginePlugin {
  private static final Setting<Boolean> INDEX_KNN =
      Setting.boolSetting("index.knn", false, Property.IndexScope, Property.Final);

  @Override
  public List<Setting<?>> getSettings() {
    return List.of(INDEX_KNN);
  }

  @Override
  public Optional<CodecServiceFactory> getCustomCodecServiceFactory(IndexSettings settings) {
    return INDEX_KNN.get(settings.getSettings())
        ? Optional.of(config ->
            new CodecService(
                config.getMapperService(),
                config.getIndexSettings(),
                config.getLogger(),
                config.getAdditionalCodecs()))
        : Optional.empty();
  }
}
