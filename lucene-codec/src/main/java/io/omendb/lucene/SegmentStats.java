/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene;

import io.omendb.lucene.quantize.Codebook;
import io.omendb.lucene.store.BlockStore;
import io.omendb.lucene.store.FieldMeta;
import io.omendb.lucene.store.FileLayout;
import java.util.HexFormat;
import java.util.Map;
import org.apache.lucene.index.FieldInfo;
import org.apache.lucene.index.LeafReader;

/**
 * How a field of an open segment is stored, and how it has been searched since the segment was
 * opened.
 *
 * @param segment name of the segment
 * @param field name of the field
 * @param dimension components of a vector
 * @param vectors vectors in the segment, those of deleted documents included
 * @param blocks blocks of codes; 0 where the segment is so small that raw vectors are scanned
 * @param graph whether a graph leads to the blocks; else their representatives are scored
 * @param rawBytes bytes of the raw vectors, file {@code .vec}
 * @param codeBytes bytes of the codes, file {@code .vpq}
 * @param indexBytes bytes of maps, representatives and graph, file {@code .vex}
 * @param codebook the codebook of the codes, null where there are none
 * @param searches how it has been searched
 */
public record SegmentStats(
    String segment,
    String field,
    int dimension,
    int vectors,
    int blocks,
    boolean graph,
    long rawBytes,
    long codeBytes,
    long indexBytes,
    CodebookStats codebook,
    Searches searches) {

  /**
   * A codebook.
   *
   * @param id equal for segments that share it, hexadecimal
   * @param bytes its bytes in the file {@code .vem}; segments that share it share one copy in
   *     memory
   * @param trainedOn vectors of the training sample
   * @param error mean squared error of reconstruction on vectors held out of the sample
   * @param noise standard deviation of the error of a squared distance, divided by the distance
   */
  public record CodebookStats(String id, long bytes, int trainedOn, float error, float noise) {}

  /**
   * Searches of an open segment.
   *
   * @param count searches
   * @param exact those of them that scored all accepted raw vectors, without codes
   * @param codesScored codes scored in all of them
   * @param rowsScored raw vectors scored in all of them
   */
  public record Searches(long count, long exact, long codesScored, long rowsScored) {}

  /** Bytes that searches read, apart from the raw vectors that they rerank. */
  public long hotBytes() {
    return codebook == null ? rawBytes : codeBytes + indexBytes + codebook.bytes();
  }

  /**
   * Statistics of a field.
   *
   * @param reader a segment
   * @return null if the segment has no such field, or not in this format
   */
  public static SegmentStats of(LeafReader reader, String field) {
    OmenVectorsReader vectors = OmenVectorsReader.of(reader, field);
    return vectors == null ? null : vectors.stats(reader.getFieldInfos().fieldInfo(field));
  }

  static SegmentStats of(
      String segment,
      FieldInfo field,
      FieldMeta meta,
      BlockStore store,
      Map<String, Long> bytes,
      SearchCounters counters) {
    return new SegmentStats(
        segment,
        field.name,
        meta.dimension(),
        meta.count(),
        store == null ? 0 : store.blockCount(),
        store != null && store.graph() != null,
        bytes.getOrDefault("vec", 0L),
        bytes.getOrDefault(FileLayout.CODES.extension(), 0L),
        bytes.getOrDefault(FileLayout.INDEX.extension(), 0L),
        store == null ? null : stats(store.codebook()),
        counters.sums());
  }

  private static CodebookStats stats(Codebook codebook) {
    return new CodebookStats(
        HexFormat.of().toHexDigits(codebook.hashCode()),
        codebook.bytes(),
        codebook.trainedOn(),
        codebook.error(),
        codebook.noise());
  }
}
