/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.solr;

import io.omendb.lucene.OmenCodec;
import io.omendb.lucene.OmenVectorsOptions;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.lucene.codecs.Codec;
import org.apache.solr.common.SolrException;
import org.apache.solr.common.util.NamedList;
import org.apache.solr.core.SchemaCodecFactory;
import org.apache.solr.core.SolrCore;
import org.apache.solr.schema.DenseVectorField;
import org.apache.solr.schema.SchemaField;

/**
 * Solr's codec with {@link io.omendb.lucene.OmenVectorsFormat} for fields of a {@link
 * DenseVectorField} with {@code knnAlgorithm="omen"}; all other fields stay as they are:
 *
 * <pre>{@code
 * <codecFactory class="io.omendb.solr.OmenCodecFactory">
 *   <float name="searchDepth">1.5</float>
 * </codecFactory>
 * }</pre>
 *
 * Beside {@code compressionMode} of Solr's own factory it takes the options of {@link
 * OmenVectorsOptions} as {@link OmenVectorField} does; they hold for all such fields of the core,
 * in segments written afterwards.
 */
public class OmenCodecFactory extends SchemaCodecFactory {
  /** The {@code knnAlgorithm} of fields that use the format. */
  public static final String ALGORITHM = "omen";

  static {
    FormatRegistration.ensure();
  }

  private OmenVectorsOptions options;
  private SolrCore core;

  /**
   * Reads the options.
   *
   * @throws SolrException with code 400 if one is unknown, no number, or out of its bounds
   */
  @Override
  public void init(NamedList<?> args) {
    super.init(args);
    Map<String, Object> own = new LinkedHashMap<>();
    args.forEach(own::put);
    own.remove(COMPRESSION_MODE);
    try {
      options = FormatOptions.take(own);
      if (!own.isEmpty()) {
        throw new IllegalArgumentException(
            "unknown "
                + own.keySet()
                + "; options are "
                + COMPRESSION_MODE
                + " and "
                + FormatOptions.NAMES);
      }
    } catch (IllegalArgumentException e) {
      throw new SolrException(
          SolrException.ErrorCode.BAD_REQUEST, "codecFactory OmenCodecFactory: " + e.getMessage());
    }
  }

  @Override
  public void inform(SolrCore core) {
    super.inform(core);
    this.core = core;
  }

  @Override
  public Codec getCodec() {
    return OmenCodec.over(super.getCodec(), options, this::isOmen);
  }

  private boolean isOmen(String field) {
    SchemaField schemaField = core.getLatestSchema().getFieldOrNull(field);
    return schemaField != null
        && schemaField.getType() instanceof DenseVectorField type
        && ALGORITHM.equals(type.getKnnAlgorithm());
  }
}
