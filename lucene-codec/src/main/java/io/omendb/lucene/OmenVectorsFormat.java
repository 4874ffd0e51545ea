/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene;

import io.omendb.lucene.write.RecentCodebooks;
import java.io.IOException;
import java.util.Objects;
import org.apache.lucene.codecs.KnnVectorsFormat;
import org.apache.lucene.codecs.KnnVectorsReader;
import org.apache.lucene.codecs.KnnVectorsWriter;
import org.apache.lucene.index.SegmentReadState;
import org.apache.lucene.index.SegmentWriteState;

/**
 * Vectors as product-quantization codes of 32 bytes (one byte a dimension below 32 dimensions) in
 * blocks of 64, ranked by coded representatives, of many blocks over an HNSW graph on binary codes,
 * and reranked with the raw vectors inside the search: scores are exact, and Lucene's own queries
 * are all that is needed.
 *
 * <p>Files of a segment, beside Lucene's {@code .vec} and {@code .vemf} of raw vectors:
 *
 * <ul>
 *   <li>{@code .vpq}: blocks of codes, see {@link io.omendb.lucene.store.BlockWriter}
 *   <li>{@code .vex}: maps, representatives and their graph, see the same
 *   <li>{@code .vem}: metadata and codebooks, see {@link io.omendb.lucene.store.FieldMeta}
 * </ul>
 *
 * One instance may serve many indexes and threads.
 */
public final class OmenVectorsFormat extends KnnVectorsFormat {
  /** Name of the format in indexes, for ever. */
  public static final String NAME = "OmenVectors";

  /** Most dimensions of a vector. */
  public static final int MAX_DIMENSIONS = 4096;

  private final OmenVectorsOptions options;

  private final RecentCodebooks recentCodebooks = new RecentCodebooks();

  /** A format with {@link OmenVectorsOptions#DEFAULT}. */
  public OmenVectorsFormat() {
    this(OmenVectorsOptions.DEFAULT);
  }

  /** A format with the given options. */
  public OmenVectorsFormat(OmenVectorsOptions options) {
    super(NAME);
    this.options = Objects.requireNonNull(options, "options");
  }

  @Override
  public KnnVectorsWriter fieldsWriter(SegmentWriteState state) throws IOException {
    return LuceneLine.CURRENT.writer(state, options, recentCodebooks);
  }

  @Override
  public KnnVectorsReader fieldsReader(SegmentReadState state) throws IOException {
    return new OmenVectorsReader(state);
  }

  @Override
  public int getMaxDimensions(String fieldName) {
    return MAX_DIMENSIONS;
  }

  @Override
  public String toString() {
    return "OmenVectorsFormat(" + options + ")";
  }
}
