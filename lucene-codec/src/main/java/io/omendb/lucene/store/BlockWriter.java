/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene.store;

import io.omendb.lucene.blocks.BinaryCodes;
import io.omendb.lucene.blocks.BlockLayout;
import io.omendb.lucene.blocks.RepresentativeCodes;
import io.omendb.lucene.blocks.RepresentativeGraph;
import io.omendb.lucene.quantize.CodeBuffer;
import io.omendb.lucene.simd.Kernels;
import java.io.IOException;
import org.apache.lucene.store.IndexOutput;
import org.apache.lucene.util.packed.DirectWriter;

/**
 * Writes the blocks of a field.
 *
 * <p>{@code .vpq}, at the field's offset: the blocks, one after the other, each transposed, layout
 * [subspace][vector], {@value io.omendb.lucene.simd.Kernels#BLOCK_SIZE} bytes a subspace. The last
 * block is padded with zeros. The place of a vector, counted over all blocks, is its slot.
 *
 * <p>{@code .vex}, at the field's offset, with {@code n} vectors, {@code b} blocks, {@code m}
 * subspaces and {@code w} 64-bit words of a binary code:
 *
 * <ul>
 *   <li>ordinal of each slot: {@code n} numbers, packed by {@link DirectWriter}
 *   <li>slot of each ordinal: likewise
 *   <li><b>[byte] x 64m</b> the palette: numbers of the centroids that representatives are coded
 *       by, layout [subspace][place]; before version 2 there was none, and codes were numbers of
 *       centroids
 *   <li><b>[byte] x ceil(b / 16) x 64m</b> codes of the representatives, places in the palette, see
 *       {@link RepresentativeCodes}
 *   <li><b>[float] x b</b> from version 2 on, the excesses of blocks, see {@link
 *       RepresentativeCodes#excesses()}
 *   <li><b>[byte] x ceil(ceil(b / 16) / 16) x 64m</b> in version 1 only, codes of the means of each
 *       16 blocks, which are not used any more
 *   <li><b>[float] x b</b> the distances from the means of blocks to their farthest vectors
 *   <li>where there is a graph:
 *       <ul>
 *         <li><b>[float] x 64w</b> centre of the binary codes
 *         <li><b>[int64] x b x w</b> binary codes of the means of blocks
 *         <li><b>[float] x b</b> squared distances of the means from the centre
 *         <li><b>[float] x b</b> factors, see {@link BinaryCodes}
 *         <li>the graph, see {@link GraphFormat}
 *       </ul>
 * </ul>
 */
public final class BlockWriter {
  private final IndexOutput codesOut;
  private final IndexOutput indexOut;

  /** A writer to the two data files of a segment. */
  public BlockWriter(IndexOutput codesOut, IndexOutput indexOut) {
    this.codesOut = codesOut;
    this.indexOut = indexOut;
  }

  /** Where the blocks of a field were written. */
  public record Written(long codesOffset, long indexOffset, long graphLength) {}

  /**
   * Writes the blocks of a field.
   *
   * @param axes components of a mean of a block
   * @param graph graph over the means of blocks, or null
   */
  public Written write(
      CodeBuffer codes,
      BlockLayout layout,
      RepresentativeCodes representatives,
      int axes,
      RepresentativeGraph graph)
      throws IOException {
    long codesOffset = codesOut.getFilePointer();
    writeBlocks(codes, layout.ordOfSlot());
    long indexOffset = indexOut.getFilePointer();
    writeMaps(layout.ordOfSlot());
    representatives.write(indexOut);
    Floats.write(indexOut, layout.radii());
    long graphLength = 0;
    if (graph != null) {
      writeBinaryCodes(BinaryCodes.of(layout.means(), axes));
      long graphOffset = indexOut.getFilePointer();
      GraphFormat.write(graph, indexOut);
      graphLength = indexOut.getFilePointer() - graphOffset;
    }
    return new Written(codesOffset, indexOffset, graphLength);
  }

  private void writeBinaryCodes(BinaryCodes binary) throws IOException {
    Floats.write(indexOut, binary.centre());
    Floats.write(indexOut, binary.bits());
    Floats.write(indexOut, binary.squaredNorms());
    Floats.write(indexOut, binary.factors());
  }

  private void writeBlocks(CodeBuffer codes, int[] ordOfSlot) throws IOException {
    int subspaces = codes.codeLength();
    for (int start = 0; start < ordOfSlot.length; start += Kernels.BLOCK_SIZE) {
      byte[] block = new byte[subspaces * Kernels.BLOCK_SIZE];
      int end = Math.min(ordOfSlot.length, start + Kernels.BLOCK_SIZE);
      for (int slot = start; slot < end; slot++) {
        byte[] page = codes.page(ordOfSlot[slot]);
        int at = codes.offset(ordOfSlot[slot]);
        for (int s = 0; s < subspaces; s++) {
          block[s * Kernels.BLOCK_SIZE + slot - start] = page[at + s];
        }
      }
      codesOut.writeBytes(block, block.length);
    }
  }

  private void writeMaps(int[] ordOfSlot) throws IOException {
    int[] slotOfOrd = new int[ordOfSlot.length];
    for (int slot = 0; slot < ordOfSlot.length; slot++) {
      slotOfOrd[ordOfSlot[slot]] = slot;
    }
    writePacked(ordOfSlot);
    writePacked(slotOfOrd);
  }

  private void writePacked(int[] values) throws IOException {
    long start = indexOut.getFilePointer();
    DirectWriter writer =
        DirectWriter.getInstance(indexOut, values.length, bitsPerOrdinal(values.length));
    for (int value : values) {
      writer.add(value);
    }
    writer.finish();
    long end = start + mapLength(values.length);
    while (indexOut.getFilePointer() < end) {
      indexOut.writeByte((byte) 0);
    }
  }

  /**
   * Bytes of a packed map: whole longs, with one to spare, as its reader may read beyond a value.
   */
  static long mapLength(int count) {
    return ((long) count * bitsPerOrdinal(count) / Long.SIZE + 2) * Long.BYTES;
  }

  /** Bits of a packed ordinal or slot. */
  static int bitsPerOrdinal(int count) {
    return DirectWriter.unsignedBitsRequired(Math.max(1, count - 1));
  }
}
