/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene.store;

import io.omendb.lucene.blocks.BinaryCodes;
import io.omendb.lucene.blocks.RepresentativeCoder;
import io.omendb.lucene.blocks.RepresentativeCodes;
import io.omendb.lucene.blocks.RepresentativeGraph;
import io.omendb.lucene.quantize.Codebook;
import io.omendb.lucene.quantize.Parallel;
import io.omendb.lucene.simd.Kernels;
import java.io.IOException;
import java.util.Map;
import org.apache.lucene.codecs.CodecUtil;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.store.IndexInput;
import org.apache.lucene.util.LongValues;
import org.apache.lucene.util.packed.DirectReader;

/**
 * The blocks of an open field. What ranks blocks, binary codes and graph are on the heap; codes of
 * vectors and maps stay in the files. Files are laid out as {@link BlockWriter} says.
 */
public final class BlockStore {
  private final FieldMeta meta;
  private final IndexInput codes;
  private final IndexInput index;
  private final long slotsLength;
  private final RepresentativeCodes representatives;
  private final float[] radii;
  private final BinaryCodes binaryCodes;
  private final RepresentativeGraph graph;

  private BlockStore(
      FieldMeta meta,
      IndexInput codes,
      IndexInput index,
      RepresentativeCodes representatives,
      float[] radii,
      BinaryCodes binaryCodes,
      RepresentativeGraph graph) {
    this.meta = meta;
    this.codes = codes;
    this.index = index;
    this.slotsLength = BlockWriter.mapLength(meta.count());
    this.representatives = representatives;
    this.radii = radii;
    this.binaryCodes = binaryCodes;
    this.graph = graph;
  }

  /**
   * Opens the blocks of a field and checks that its parts have the lengths they must have.
   *
   * @param version version of the files
   */
  static BlockStore open(
      FieldMeta meta, int version, String field, IndexInput codesIn, IndexInput indexIn)
      throws IOException {
    FieldMeta.Blocks blocks = meta.blocks();
    int axes = blocks.codebook().axes();
    int subspaces = blocks.codebook().subspaces();
    int count = meta.blockCount();
    int words = BinaryCodes.words(axes);
    long maps = 2 * BlockWriter.mapLength(meta.count());
    long beforeRadii = maps + FileLayout.representativesLength(version, count, subspaces);
    long length = beforeRadii + (long) count * Float.BYTES;
    long beforeGraph =
        blocks.graphLength() == 0
            ? length
            : length
                + (long) words * Long.SIZE * Float.BYTES
                + (long) count * BinaryCodes.bytesPerRepresentative(axes);
    IndexInput codes = slice(codesIn, field, "codes", blocks.codesOffset(), meta.codesLength());
    IndexInput index =
        slice(indexIn, field, "index", blocks.indexOffset(), beforeGraph + blocks.graphLength());
    index.seek(maps);
    RepresentativeCodes representatives =
        version < FileLayout.VERSION_PALETTE
            ? new RepresentativeCoder(Kernels.scalar(), Parallel.SEQUENTIAL, blocks.codebook())
                .recode(index, count)
            : RepresentativeCodes.read(index, count, subspaces);
    index.seek(beforeRadii);
    float[] radii = Floats.read(index, count);
    BinaryCodes binary = null;
    RepresentativeGraph graph = null;
    if (blocks.graphLength() > 0) {
      float[] centre = Floats.read(index, words * Long.SIZE);
      long[] bits = new long[Math.multiplyExact(count, words)];
      index.readLongs(bits, 0, bits.length);
      binary =
          new BinaryCodes(axes, centre, bits, Floats.read(index, count), Floats.read(index, count));
      graph =
          GraphFormat.read(
              index.slice("graph of " + field, beforeGraph, blocks.graphLength()), count);
    }
    return new BlockStore(meta, codes, index, representatives, radii, binary, graph);
  }

  private static IndexInput slice(
      IndexInput in, String field, String part, long offset, long length) throws IOException {
    if (offset < 0 || length < 0 || offset > in.length() - CodecUtil.footerLength() - length) {
      throw new CorruptIndexException(
          "field \""
              + field
              + "\": "
              + part
              + " at "
              + offset
              + ", "
              + length
              + " bytes long, beyond the file of "
              + in.length(),
          in);
    }
    return in.slice(part + " of " + field, offset, length);
  }

  /** Number of vectors. */
  public int count() {
    return meta.count();
  }

  /** Number of blocks. */
  public int blockCount() {
    return meta.blockCount();
  }

  /** How the field is stored. */
  public FieldMeta.Blocks meta() {
    return meta.blocks();
  }

  /** Codebook of the codes. */
  public Codebook codebook() {
    return meta.blocks().codebook();
  }

  /** Codes by which blocks are ranked. */
  public RepresentativeCodes representatives() {
    return representatives;
  }

  /** Distances from the means of blocks to their farthest vectors; not to be changed. */
  public float[] radii() {
    return radii;
  }

  /** Binary codes of the means of blocks, null where there is no graph. */
  public BinaryCodes binaryCodes() {
    return binaryCodes;
  }

  /** Graph over the means of blocks, null where representatives are scanned. */
  public RepresentativeGraph graph() {
    return graph;
  }

  /** Bytes in the files, by extension. */
  public Map<String, Long> offHeapBytes() {
    return Map.of(
        FileLayout.CODES.extension(), codes.length(), FileLayout.INDEX.extension(), index.length());
  }

  /**
   * Refuses ordinals that different slots were mapped to, which a document would be found twice by.
   *
   * @param ords ordinals of different slots, ascending
   */
  public void checkDistinct(int[] ords, int length) throws CorruptIndexException {
    for (int i = 1; i < length; i++) {
      if (ords[i] == ords[i - 1]) {
        throw new CorruptIndexException("two slots of vector " + ords[i], index);
      }
    }
  }

  /** Checks that the two maps are the inverse of each other. */
  void checkMaps() throws IOException {
    Cursor cursor = cursor();
    for (int ord = 0; ord < count(); ord++) {
      int slot = cursor.slotOfOrd(ord);
      if (cursor.ordOfSlot(slot) != ord) {
        throw cursor.mismatch(ord, slot);
      }
    }
  }

  /** A view for one thread. */
  public Cursor cursor() throws IOException {
    return new Cursor();
  }

  /** Reads the parts that stay in the files. Not for use by two threads. */
  public final class Cursor {
    private final IndexInput blocks = codes.clone();
    private final LongValues ordOfSlot;
    private final LongValues slotOfOrd;
    private final int blockLength = Kernels.BLOCK_SIZE * codebook().subspaces();

    private Cursor() throws IOException {
      int bits = BlockWriter.bitsPerOrdinal(count());
      ordOfSlot = DirectReader.getInstance(index.randomAccessSlice(0, slotsLength), bits);
      slotOfOrd = DirectReader.getInstance(index.randomAccessSlice(slotsLength, slotsLength), bits);
    }

    /** Copies the codes of a block, layout [subspace][vector]. */
    public void readBlock(int block, byte[] target, int offset) throws IOException {
      blocks.seek((long) block * blockLength);
      blocks.readBytes(target, offset, blockLength);
    }

    /** Ordinal of the vector in a slot. */
    public int ordOfSlot(int slot) throws IOException {
      return checked(ordOfSlot.get(slot));
    }

    /** Slot of the vector with an ordinal. */
    public int slotOfOrd(int ord) throws IOException {
      return checked(slotOfOrd.get(ord));
    }

    /** What to throw where one map leads from a vector to a slot, or back, but not the other. */
    private CorruptIndexException mismatch(int ord, int slot) throws IOException {
      return new CorruptIndexException(
          "vector "
              + ord
              + " in slot "
              + slot
              + ", which is that of vector "
              + ordOfSlot(slot)
              + ", whose slot is "
              + slotOfOrd(ordOfSlot(slot)),
          index);
    }

    /** What to throw where a vector led to a slot that leads to one that is not looked for. */
    public CorruptIndexException strayed(int ord, int slot) {
      return new CorruptIndexException(
          "slot " + slot + ", to which another vector leads, leads to vector " + ord, index);
    }

    private int checked(long value) throws CorruptIndexException {
      if (value >= count()) {
        throw new CorruptIndexException("map to " + value + " of " + count() + " vectors", index);
      }
      return (int) value;
    }
  }
}
