/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene.store;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.lucene.codecs.CodecUtil;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.index.FieldInfo;
import org.apache.lucene.index.SegmentReadState;
import org.apache.lucene.store.ChecksumIndexInput;
import org.apache.lucene.store.IndexOutput;

/**
 * The metadata file {@code .vem}: {@link FieldMeta} of each field, then -1.
 *
 * @param version version of the file
 * @param fields metadata by field number
 */
public record MetaFile(int version, Map<Integer, FieldMeta> fields) {
  private static final int END = -1;

  /** Appends a field. */
  public static void write(FieldMeta field, IndexOutput out) throws IOException {
    field.write(out);
  }

  /** Ends the list of fields. */
  public static void end(IndexOutput out) throws IOException {
    out.writeInt(END);
  }

  /** Reads and checks the whole file. */
  static MetaFile read(SegmentReadState state) throws IOException {
    try (ChecksumIndexInput in = state.directory.openChecksumInput(FileLayout.META.name(state))) {
      Throwable failure = null;
      MetaFile file = null;
      try {
        int version = FileLayout.META.checkHeader(in, state);
        file = new MetaFile(version, readFields(in, state));
      } catch (Throwable t) {
        failure = t;
      } finally {
        // Throws, and says whether the checksum explains a failure.
        CodecUtil.checkFooter(in, failure);
      }
      return file;
    }
  }

  private static Map<Integer, FieldMeta> readFields(ChecksumIndexInput in, SegmentReadState state)
      throws IOException {
    Map<Integer, FieldMeta> fields = new HashMap<>();
    for (int number = in.readInt(); number != END; number = in.readInt()) {
      FieldInfo field = number < 0 ? null : state.fieldInfos.fieldInfo(number);
      if (field == null || !field.hasVectorValues()) {
        throw new CorruptIndexException("no vector field with number " + number, in);
      }
      if (fields.put(number, FieldMeta.read(in, field)) != null) {
        throw new CorruptIndexException("field \"" + field.name + "\" stands twice", in);
      }
    }
    return fields;
  }
}
