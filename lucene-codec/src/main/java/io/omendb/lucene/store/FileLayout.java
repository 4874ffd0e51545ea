/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene.store;

import io.omendb.lucene.blocks.RepresentativeCodes;
import java.io.IOException;
import org.apache.lucene.codecs.CodecUtil;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.index.IndexFileNames;
import org.apache.lucene.index.SegmentReadState;
import org.apache.lucene.index.SegmentWriteState;
import org.apache.lucene.store.DataAccessHint;
import org.apache.lucene.store.DataInput;
import org.apache.lucene.store.FileDataHint;
import org.apache.lucene.store.FileTypeHint;
import org.apache.lucene.store.IOContext;
import org.apache.lucene.store.IndexInput;
import org.apache.lucene.store.IndexOutput;
import org.apache.lucene.util.IOUtils;

/**
 * Names and versions of our files of a segment. Raw vectors lie beside them in Lucene's own {@code
 * .vec} and {@code .vemf}. All numbers are little-endian; every file begins with an index header
 * and ends with a footer of {@link CodecUtil}.
 */
public enum FileLayout {
  /** Metadata and codebooks, see {@link FieldMeta}. */
  META("vem", "OmenVectorsMeta"),
  /** Blocks of codes, see {@link BlockWriter}. */
  CODES("vpq", "OmenVectorsCodes"),
  /** Maps between slots and ordinals, representatives, their graph, see {@link BlockWriter}. */
  INDEX("vex", "OmenVectorsIndex");

  /** The first version of the files. */
  public static final int VERSION_START = 0;

  /** In this version only, groups of 16 blocks had representatives, too. */
  private static final int VERSION_GROUPS = 1;

  /** From this version on, representatives are coded by a palette, and blocks have excesses. */
  static final int VERSION_PALETTE = 2;

  /** The version that is written. */
  public static final int VERSION_CURRENT = VERSION_PALETTE;

  private final String extension;
  private final String codecName;

  FileLayout(String extension, String codecName) {
    this.extension = extension;
    this.codecName = codecName;
  }

  /** Extension of the file, without a dot. */
  public String extension() {
    return extension;
  }

  /** Creates the file and writes its header. */
  public IndexOutput create(SegmentWriteState state) throws IOException {
    String name =
        IndexFileNames.segmentFileName(state.segmentInfo.name, state.segmentSuffix, extension);
    IndexOutput out = state.directory.createOutput(name, state.context);
    try {
      CodecUtil.writeIndexHeader(
          out, codecName, VERSION_CURRENT, state.segmentInfo.getId(), state.segmentSuffix);
      return out;
    } catch (Throwable t) {
      IOUtils.closeWhileHandlingException(out);
      throw t;
    }
  }

  /**
   * Opens a data file for random access and checks header and footer.
   *
   * @param metaVersion version that the metadata have
   */
  IndexInput open(SegmentReadState state, int metaVersion) throws IOException {
    IOContext context =
        state.context.withHints(FileTypeHint.DATA, FileDataHint.KNN_VECTORS, DataAccessHint.RANDOM);
    IndexInput in = state.directory.openInput(name(state), context);
    try {
      int version = checkHeader(in, state);
      if (version != metaVersion) {
        throw new CorruptIndexException(
            "version " + version + " differs from version " + metaVersion + " of the metadata", in);
      }
      CodecUtil.retrieveChecksum(in);
      return in;
    } catch (Throwable t) {
      IOUtils.closeWhileHandlingException(in);
      throw t;
    }
  }

  /** Bytes of the representatives in the index file. */
  static long representativesLength(int version, int blockCount, int subspaces) {
    if (version >= VERSION_PALETTE) {
      return RepresentativeCodes.length(blockCount, subspaces);
    }
    long blocks = RepresentativeCodes.codesLength(blockCount, subspaces);
    int groups = Math.ceilDiv(blockCount, RepresentativeCodes.BLOCKS_PER_GROUP);
    return version < VERSION_GROUPS
        ? blocks
        : blocks + RepresentativeCodes.codesLength(groups, subspaces);
  }

  int checkHeader(DataInput in, SegmentReadState state) throws IOException {
    return CodecUtil.checkIndexHeader(
        in,
        codecName,
        VERSION_START,
        VERSION_CURRENT,
        state.segmentInfo.getId(),
        state.segmentSuffix);
  }

  String name(SegmentReadState state) {
    return IndexFileNames.segmentFileName(state.segmentInfo.name, state.segmentSuffix, extension);
  }
}
