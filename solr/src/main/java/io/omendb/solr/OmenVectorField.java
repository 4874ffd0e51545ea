/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.solr;

import io.omendb.lucene.OmenVectorsFormat;
import java.util.List;
import java.util.Map;
import org.apache.lucene.codecs.KnnVectorsFormat;
import org.apache.lucene.index.IndexableField;
import org.apache.solr.common.SolrException;
import org.apache.solr.schema.DenseVectorField;
import org.apache.solr.schema.IndexSchema;
import org.apache.solr.schema.SchemaField;

/**
 * A {@link DenseVectorField} whose vectors are kept by {@link OmenVectorsFormat}:
 *
 * <pre>{@code
 * <fieldType name="vector" class="io.omendb.solr.OmenVectorField"
 *            vectorDimension="768" similarityFunction="cosine" searchDepth="1.5"/>
 * }</pre>
 *
 * Attributes are {@code vectorDimension} in [1, 4096], {@code similarityFunction} and {@code
 * vectorEncoding} of Solr's own type, and the options of {@link
 * io.omendb.lucene.OmenVectorsOptions}: {@code maxConn}, {@code beamWidth}, {@code searchDepth},
 * {@code codesThreshold} and {@code graphThreshold}. Options take effect in segments written
 * afterwards. Solr's default codec factory is all it needs.
 */
public class OmenVectorField extends DenseVectorField {
  static {
    FormatRegistration.ensure();
  }

  private static final String DIMENSION = "vectorDimension";

  /** What tunes Solr's own graphs: to ignore it would mislead. */
  private static final List<String> FOREIGN_PREFIXES = List.of("knnAlgorithm", "hnsw", "cuvs");

  private OmenVectorsFormat format;

  /**
   * Reads the attributes.
   *
   * @throws SolrException with code 400 if one is of another algorithm, no number, or out of its
   *     bounds
   */
  @Override
  public void init(IndexSchema schema, Map<String, String> args) {
    try {
      args.keySet().forEach(OmenVectorField::checkOwn);
      checkDimension(args.get(DIMENSION));
      // One for the field type, so that segments share codebooks.
      format = new OmenVectorsFormat(FormatOptions.take(args));
    } catch (IllegalArgumentException e) {
      throw badRequest("fieldType '" + getTypeName() + "'", e);
    }
    super.init(schema, args);
  }

  private static void checkOwn(String attribute) {
    if (FOREIGN_PREFIXES.stream().anyMatch(attribute::startsWith)) {
      throw new IllegalArgumentException(
          attribute + " has no effect on OmenVectorField; its options are " + FormatOptions.NAMES);
    }
  }

  private static void checkDimension(String value) {
    if (value == null) {
      return; // Solr's own message tells that it is missing.
    }
    int dimension = FormatOptions.integer(DIMENSION, value);
    if (dimension < 1 || dimension > OmenVectorsFormat.MAX_DIMENSIONS) {
      throw new IllegalArgumentException(
          DIMENSION
              + " must be in [1, "
              + OmenVectorsFormat.MAX_DIMENSIONS
              + "]; "
              + DIMENSION
              + "="
              + value);
    }
  }

  /**
   * The fields of a document.
   *
   * @throws SolrException with code 400 if the value is no vector of finite numbers with as many
   *     dimensions; Solr's own type answers 500, as if the server were at fault
   */
  @Override
  public List<IndexableField> createFields(SchemaField field, Object value) {
    try {
      return super.createFields(field, value);
    } catch (SolrException e) {
      if (e.getCause() instanceof RuntimeException reason) {
        throw badRequest("field '" + field.getName() + "'", reason);
      }
      throw e;
    }
  }

  @Override
  public KnnVectorsFormat buildKnnVectorsFormat() {
    return format;
  }

  /** Without a cause, because Solr shows the message of the first one alone. */
  private static SolrException badRequest(String where, RuntimeException reason) {
    return new SolrException(
        SolrException.ErrorCode.BAD_REQUEST, where + ": " + reason.getMessage());
  }
}
