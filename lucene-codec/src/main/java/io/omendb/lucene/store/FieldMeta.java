/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene.store;

import io.omendb.lucene.blocks.BlockLayout;
import io.omendb.lucene.quantize.Codebook;
import io.omendb.lucene.quantize.Metric;
import io.omendb.lucene.simd.Kernels;
import java.io.IOException;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.index.FieldInfo;
import org.apache.lucene.store.IndexInput;
import org.apache.lucene.store.IndexOutput;

/**
 * Metadata of a field, in {@code .vem}:
 *
 * <ul>
 *   <li><b>[int32]</b> field number; -1 instead of it ends the list of fields
 *   <li><b>[vint]</b> dimension
 *   <li><b>[vint]</b> number of vectors
 *   <li><b>[byte]</b> layout: 0 = raw vectors only, and nothing follows; 1 = blocks
 *   <li><b>[byte]</b> metric of the codes: {@link Metric#wireNumber()}
 *   <li><b>[byte]</b> 1 if vectors count as unit vectors, so that queries are scaled to unit length
 *   <li><b>[int32]</b> bits of the float search depth, see {@code OmenVectorsOptions}
 *   <li><b>[int64]</b> offset of the codes in {@code .vpq}
 *   <li><b>[int64]</b> offset of the field in {@code .vex}
 *   <li><b>[int64]</b> length of the graph in {@code .vex}; 0 = representatives are scanned
 *   <li>the codebook, see {@link CodebookFormat}
 * </ul>
 *
 * @param fieldNumber number of the field in the segment
 * @param dimension components of a vector
 * @param count number of vectors
 * @param blocks where and how blocks are stored, null for raw vectors only
 */
public record FieldMeta(int fieldNumber, int dimension, int count, Blocks blocks) {
  private static final byte RAW = 0;
  private static final byte BLOCKS = 1;

  /**
   * Metadata of blocks.
   *
   * @param metric what codes approximate
   * @param unitVectors whether queries are scaled to unit length
   * @param searchDepth factor on the default depth of a search
   * @param codesOffset offset in the codes file
   * @param indexOffset offset in the index file
   * @param graphLength bytes of the graph, 0 for none
   * @param codebook codebook of the codes
   */
  public record Blocks(
      Metric metric,
      boolean unitVectors,
      float searchDepth,
      long codesOffset,
      long indexOffset,
      long graphLength,
      Codebook codebook) {}

  /** Number of blocks. */
  int blockCount() {
    return BlockLayout.blocks(count);
  }

  /** Bytes of the codes, the padding of the last block included. */
  long codesLength() {
    return (long) blockCount() * Kernels.BLOCK_SIZE * blocks.codebook.subspaces();
  }

  void write(IndexOutput out) throws IOException {
    out.writeInt(fieldNumber);
    out.writeVInt(dimension);
    out.writeVInt(count);
    if (blocks == null) {
      out.writeByte(RAW);
      return;
    }
    out.writeByte(BLOCKS);
    out.writeByte((byte) blocks.metric.wireNumber());
    out.writeByte((byte) (blocks.unitVectors ? 1 : 0));
    out.writeInt(Float.floatToIntBits(blocks.searchDepth));
    out.writeLong(blocks.codesOffset);
    out.writeLong(blocks.indexOffset);
    out.writeLong(blocks.graphLength);
    CodebookFormat.write(blocks.codebook, out);
  }

  /** Reads what follows the field number. */
  static FieldMeta read(IndexInput in, FieldInfo field) throws IOException {
    int dimension = in.readVInt();
    if (dimension != field.getVectorDimension()) {
      throw new CorruptIndexException(
          "field \""
              + field.name
              + "\": dimension "
              + dimension
              + ", but the field has "
              + field.getVectorDimension(),
          in);
    }
    int count = in.readVInt();
    if (count < 0) {
      throw new CorruptIndexException("field \"" + field.name + "\": " + count + " vectors", in);
    }
    byte layout = in.readByte();
    if (layout == RAW) {
      return new FieldMeta(field.number, dimension, count, null);
    }
    if (layout != BLOCKS || count == 0) {
      throw new CorruptIndexException(
          "field \"" + field.name + "\": layout " + layout + " of " + count + " vectors", in);
    }
    byte metricNumber = in.readByte();
    Metric metric = Metric.ofWireNumber(metricNumber);
    if (metric == null) {
      throw new CorruptIndexException(
          "field \"" + field.name + "\": unknown metric " + metricNumber, in);
    }
    byte unitVectors = in.readByte();
    if (unitVectors != 0 && unitVectors != 1) {
      throw new CorruptIndexException(
          "field \"" + field.name + "\": unit vectors is " + unitVectors + ", not 0 or 1", in);
    }
    float searchDepth = Float.intBitsToFloat(in.readInt());
    long codesOffset = in.readLong();
    long indexOffset = in.readLong();
    long graphLength = in.readLong();
    if (!(searchDepth > 0 && searchDepth < Float.POSITIVE_INFINITY) || graphLength < 0) {
      throw new CorruptIndexException(
          "field \""
              + field.name
              + "\": search depth "
              + searchDepth
              + ", graph of "
              + graphLength
              + " bytes",
          in);
    }
    Codebook codebook = CodebookFormat.read(in, dimension, field.name);
    return new FieldMeta(
        field.number,
        dimension,
        count,
        new Blocks(
            metric,
            unitVectors == 1,
            searchDepth,
            codesOffset,
            indexOffset,
            graphLength,
            codebook));
  }
}
