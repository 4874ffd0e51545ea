/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.opensearch.codec;

import io.omendb.lucene.OmenVectorsFormat;
import io.omendb.lucene.OmenVectorsOptions;
import io.omendb.opensearch.mapper.OmenVectorFieldType;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.lucene.codecs.Codec;
import org.apache.lucene.codecs.KnnVectorsFormat;
import org.opensearch.index.codec.CodecService;
import org.opensearch.index.codec.CodecServiceConfig;
import org.opensearch.index.mapper.MapperService;

/**
 * The codecs of an index, each with another vectors format for {@code omen_vector} fields; all else
 * is written as {@code index.codec} says.
 */
public final class OmenCodecService extends CodecService {
  private final MapperService mapperService;

  /** Shared by flushes and fields, because a format remembers the codebooks that it made. */
  private final Map<OmenVectorsOptions, KnnVectorsFormat> formats = new ConcurrentHashMap<>();

  /** Codecs of one shard. */
  public OmenCodecService(CodecServiceConfig config) {
    super(
        config.getMapperService(),
        config.getIndexSettings(),
        config.getLogger(),
        config.getAdditionalCodecs());
    this.mapperService = config.getMapperService();
  }

  @Override
  public Codec codec(String name) {
    return new FieldVectorsCodec(super.codec(name), this::format);
  }

  /** The format of a field, null for the codec's own. */
  private KnnVectorsFormat format(String field) {
    return mapperService != null
            && mapperService.fieldType(field) instanceof OmenVectorFieldType type
        ? formats.computeIfAbsent(type.options(), options -> new OmenVectorsFormat(options))
        : null;
  }
}
