/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene.store;

import java.io.Closeable;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.lucene.codecs.CodecUtil;
import org.apache.lucene.index.SegmentReadState;
import org.apache.lucene.store.IndexInput;
import org.apache.lucene.util.IOUtils;

/** Our files of an open segment. */
public final class SegmentStore implements Closeable {
  private final MetaFile meta;
  private final Map<Integer, BlockStore> blocks = new HashMap<>();
  private IndexInput codes;
  private IndexInput index;

  /** Opens the files; closes them again if anything in them is wrong. */
  public SegmentStore(SegmentReadState state) throws IOException {
    meta = MetaFile.read(state);
    try {
      codes = FileLayout.CODES.open(state, meta.version());
      index = FileLayout.INDEX.open(state, meta.version());
      for (FieldMeta field : meta.fields().values()) {
        if (field.blocks() != null) {
          String name = state.fieldInfos.fieldInfo(field.fieldNumber()).name;
          blocks.put(
              field.fieldNumber(), BlockStore.open(field, meta.version(), name, codes, index));
        }
      }
    } catch (Throwable t) {
      IOUtils.closeWhileHandlingException(this);
      throw t;
    }
  }

  /** Metadata of a field, null if the segment has none. */
  public FieldMeta field(int number) {
    return meta.fields().get(number);
  }

  /** Blocks of a field, null if it has none. */
  public BlockStore blocks(int number) {
    return blocks.get(number);
  }

  /**
   * Reads every byte of the data files and compares checksums; the metadata's were at opening. Also
   * checks what is believed at opening because it takes long to check.
   */
  public void checkIntegrity() throws IOException {
    CodecUtil.checksumEntireFile(codes);
    CodecUtil.checksumEntireFile(index);
    for (BlockStore field : blocks.values()) {
      field.checkMaps();
    }
  }

  @Override
  public void close() throws IOException {
    IOUtils.close(codes, index);
  }
}
