/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.opensearch.stats;

import io.omendb.lucene.SegmentStats;
import java.io.IOException;
import org.opensearch.core.common.io.stream.StreamInput;
import org.opensearch.core.common.io.stream.StreamOutput;
import org.opensearch.core.common.io.stream.Writeable;
import org.opensearch.core.xcontent.ToXContent;
import org.opensearch.core.xcontent.XContentBuilder;

/**
 * The vectors of a field in a segment, or in several together.
 *
 * @param vectors number of vectors, those of deleted documents included
 * @param codeBytes codes, which every search reads a part of
 * @param graphBytes maps, representatives and the graph over them, read by every search
 * @param codebookBytes codebooks, read by every search; several segments may share one in memory
 * @param rawBytes vectors as they were indexed, of which a search reads the rows that it reranks
 * @param codesScored codes that searches scored since the segments were opened
 * @param rowsReranked vectors that searches read as they were indexed, likewise
 * @param codebook the codebook of one segment, null for several and where there are no codes
 */
record SegmentVectors(
    long vectors,
    long codeBytes,
    long graphBytes,
    long codebookBytes,
    long rawBytes,
    long codesScored,
    long rowsReranked,
    CodebookInfo codebook)
    implements Writeable, ToXContent {

  static final SegmentVectors NONE = new SegmentVectors(0, 0, 0, 0, 0, 0, 0, null);

  /** From what the codec says. */
  static SegmentVectors of(SegmentStats stats) {
    return new SegmentVectors(
        stats.vectors(),
        stats.codeBytes(),
        stats.indexBytes(),
        stats.codebook() == null ? 0 : stats.codebook().bytes(),
        stats.rawBytes(),
        stats.searches().codesScored(),
        stats.searches().rowsScored(),
        stats.codebook() == null ? null : CodebookInfo.of(stats.codebook()));
  }

  SegmentVectors(StreamInput in) throws IOException {
    this(
        in.readVLong(),
        in.readVLong(),
        in.readVLong(),
        in.readVLong(),
        in.readVLong(),
        in.readVLong(),
        in.readVLong(),
        in.readOptionalWriteable(CodebookInfo::new));
  }

  @Override
  public void writeTo(StreamOutput out) throws IOException {
    out.writeVLong(vectors);
    out.writeVLong(codeBytes);
    out.writeVLong(graphBytes);
    out.writeVLong(codebookBytes);
    out.writeVLong(rawBytes);
    out.writeVLong(codesScored);
    out.writeVLong(rowsReranked);
    out.writeOptionalWriteable(codebook);
  }

  SegmentVectors plus(SegmentVectors other) {
    return new SegmentVectors(
        vectors + other.vectors,
        codeBytes + other.codeBytes,
        graphBytes + other.graphBytes,
        codebookBytes + other.codebookBytes,
        rawBytes + other.rawBytes,
        codesScored + other.codesScored,
        rowsReranked + other.rowsReranked,
        null);
  }

  @Override
  public XContentBuilder toXContent(XContentBuilder builder, Params params) throws IOException {
    builder
        .field("vectors", vectors)
        .field("code_bytes", codeBytes)
        .field("graph_bytes", graphBytes)
        .field("codebook_bytes", codebookBytes)
        .field("hot_bytes", codeBytes + graphBytes + codebookBytes)
        .field("raw_bytes", rawBytes)
        .field("disk_bytes", codeBytes + graphBytes + codebookBytes + rawBytes)
        .field("codes_scored", codesScored)
        .field("rows_reranked", rowsReranked);
    if (codebook != null) {
      builder.startObject("codebook");
      codebook.toXContent(builder, params);
      builder.endObject();
    }
    return builder;
  }

  @Override
  public boolean isFragment() {
    return true;
  }
}
