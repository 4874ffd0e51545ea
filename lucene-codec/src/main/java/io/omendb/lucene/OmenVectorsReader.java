/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene;

import io.omendb.lucene.observe.Observers;
import io.omendb.lucene.observe.SearchCost;
import io.omendb.lucene.observe.SearchReport;
import io.omendb.lucene.search.BlockSearcher;
import io.omendb.lucene.search.RawSearch;
import io.omendb.lucene.store.BlockStore;
import io.omendb.lucene.store.FieldMeta;
import io.omendb.lucene.store.FileLayout;
import io.omendb.lucene.store.SegmentStore;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.lucene.codecs.KnnVectorsReader;
import org.apache.lucene.codecs.hnsw.FlatVectorsReader;
import org.apache.lucene.codecs.perfield.PerFieldKnnVectorsFormat;
import org.apache.lucene.index.ByteVectorValues;
import org.apache.lucene.index.CodecReader;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.index.FieldInfo;
import org.apache.lucene.index.FieldInfos;
import org.apache.lucene.index.FilterLeafReader;
import org.apache.lucene.index.FloatVectorValues;
import org.apache.lucene.index.IndexFileNames;
import org.apache.lucene.index.KnnVectorValues;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.SegmentReadState;
import org.apache.lucene.index.VectorEncoding;
import org.apache.lucene.search.AcceptDocs;
import org.apache.lucene.search.KnnCollector;
import org.apache.lucene.store.DataAccessHint;
import org.apache.lucene.store.FileDataHint;
import org.apache.lucene.store.FileTypeHint;
import org.apache.lucene.util.IOUtils;
import org.apache.lucene.util.hnsw.RandomVectorScorer;

/** Reads a segment: raw values as they were indexed, and searches. */
final class OmenVectorsReader extends KnnVectorsReader {
  private final FieldInfos fieldInfos;
  private final SegmentStore store;
  private final FlatVectorsReader raw;
  private final Map<Integer, BlockSearcher> searchers = new HashMap<>();
  private final Map<Integer, SearchCounters> counters = new HashMap<>();
  private final String segment;

  OmenVectorsReader(SegmentReadState state) throws IOException {
    segment = state.segmentInfo.name;
    fieldInfos = state.fieldInfos;
    store = new SegmentStore(state);
    FlatVectorsReader opened = null;
    try {
      // From Lucene 10.6 on, the reader of raw vectors takes this hint from its caller.
      opened =
          RawFormat.INSTANCE.fieldsReader(
              new SegmentReadState(
                  state.directory,
                  state.segmentInfo,
                  state.fieldInfos,
                  state.context.withHints(
                      FileTypeHint.DATA, FileDataHint.KNN_VECTORS, DataAccessHint.RANDOM),
                  state.segmentSuffix));
      raw = opened;
      String metaFile =
          IndexFileNames.segmentFileName(
              state.segmentInfo.name, state.segmentSuffix, FileLayout.META.extension());
      for (FieldInfo field : fieldInfos) {
        if (store.field(field.number) != null) {
          open(field, metaFile);
        } else if (isWrittenWith(field, state.segmentSuffix)) {
          throw new CorruptIndexException(
              "field \"" + field.name + "\" is missing in the metadata", metaFile);
        }
      }
    } catch (Throwable t) {
      IOUtils.closeWhileHandlingException(opened, store);
      throw t;
    }
  }

  /** Ours of a field of a segment; null if the segment has no such field, or not in this format. */
  static OmenVectorsReader of(LeafReader reader, String field) {
    FieldInfo info = reader.getFieldInfos().fieldInfo(field);
    if (info == null
        || !info.hasVectorValues()
        || !(FilterLeafReader.unwrap(reader) instanceof CodecReader segment)) {
      return null;
    }
    return of(segment.getVectorReader(), field);
  }

  /** Ours of a field, from the reader of all fields of a segment; null if it is of another kind. */
  static OmenVectorsReader of(KnnVectorsReader reader, String field) {
    KnnVectorsReader vectors =
        reader instanceof PerFieldKnnVectorsFormat.FieldsReader fields
            ? fields.getFieldReader(field)
            : reader;
    return vectors instanceof OmenVectorsReader omen ? omen : null;
  }

  /** Whether a field notes that its vectors are in the files with a suffix, which are ours. */
  private static boolean isWrittenWith(FieldInfo field, String segmentSuffix) {
    String format = field.getAttribute(PerFieldKnnVectorsFormat.PER_FIELD_FORMAT_KEY);
    String suffix = field.getAttribute(PerFieldKnnVectorsFormat.PER_FIELD_SUFFIX_KEY);
    return field.hasVectorValues()
        && OmenVectorsFormat.NAME.equals(format)
        && segmentSuffix.equals(format + "_" + suffix);
  }

  private void open(FieldInfo field, String metaFile) throws IOException {
    FieldMeta meta = store.field(field.number);
    counters.put(field.number, new SearchCounters());
    int rawCount = values(field).size();
    if (rawCount != meta.count()) {
      throw new CorruptIndexException(
          "field \""
              + field.name
              + "\": "
              + rawCount
              + " raw vectors, but "
              + meta.count()
              + " in the metadata",
          metaFile);
    }
    if (meta.blocks() != null) {
      searchers.put(field.number, new BlockSearcher(store.blocks(field.number)));
    }
  }

  /** How a field of this segment is stored, and how it has been searched; null if not by us. */
  SegmentStats stats(FieldInfo field) {
    FieldMeta meta = store.field(field.number);
    if (meta == null) {
      return null;
    }
    return SegmentStats.of(
        segment,
        field,
        meta,
        store.blocks(field.number),
        getOffHeapByteSize(field),
        counters.get(field.number));
  }

  /** Blocks of a field of this segment, null if it has none. */
  BlockStore blocks(FieldInfo field) {
    return store.blocks(field.number);
  }

  /** Raw vectors of a field, floats or bytes. */
  KnnVectorValues values(FieldInfo field) throws IOException {
    return field.getVectorEncoding() == VectorEncoding.BYTE
        ? raw.getByteVectorValues(field.name)
        : raw.getFloatVectorValues(field.name);
  }

  @Override
  public void checkIntegrity() throws IOException {
    store.checkIntegrity();
    raw.checkIntegrity();
  }

  @Override
  public FloatVectorValues getFloatVectorValues(String field) throws IOException {
    return raw.getFloatVectorValues(field);
  }

  @Override
  public ByteVectorValues getByteVectorValues(String field) throws IOException {
    return raw.getByteVectorValues(field);
  }

  @Override
  public void search(String name, float[] target, KnnCollector collector, AcceptDocs acceptDocs)
      throws IOException {
    FieldInfo field = field(name, VectorEncoding.FLOAT32, target.length);
    if (store.field(field.number).count() > 0 && collector.k() > 0) {
      search(field, target, raw.getRandomVectorScorer(name, target), collector, acceptDocs);
    }
  }

  @Override
  public void search(String name, byte[] target, KnnCollector collector, AcceptDocs acceptDocs)
      throws IOException {
    FieldInfo field = field(name, VectorEncoding.BYTE, target.length);
    if (store.field(field.number).count() > 0 && collector.k() > 0) {
      float[] query = new float[target.length];
      for (int d = 0; d < query.length; d++) {
        query[d] = target[d];
      }
      search(field, query, raw.getRandomVectorScorer(name, target), collector, acceptDocs);
    }
  }

  private void search(
      FieldInfo field,
      float[] query,
      RandomVectorScorer scorer,
      KnnCollector collector,
      AcceptDocs acceptDocs)
      throws IOException {
    BlockSearcher searcher = searchers.get(field.number);
    SearchCost cost;
    if (searcher == null || collector.k() >= scorer.maxOrd()) {
      cost = RawSearch.all(scorer, collector, acceptDocs);
    } else {
      float depth =
          SearchDepth.of(
              collector.getSearchStrategy(), store.field(field.number).blocks().searchDepth());
      cost = searcher.search(query, depth, values(field), scorer, collector, acceptDocs);
    }
    counters.get(field.number).add(cost);
    Observers.searched(
        new SearchReport(
            segment, field.name, store.field(field.number).count(), collector.k(), cost));
  }

  private FieldInfo field(String name, VectorEncoding encoding, int dimension) {
    FieldInfo field = fieldInfos.fieldInfo(name);
    if (field == null || store.field(field.number) == null) {
      throw new IllegalArgumentException("field=\"" + name + "\" not found");
    }
    if (field.getVectorEncoding() != encoding) {
      throw new IllegalArgumentException(
          "field=\""
              + name
              + "\" is encoded as: "
              + field.getVectorEncoding()
              + " expected: "
              + encoding);
    }
    if (field.getVectorDimension() != dimension) {
      throw new IllegalArgumentException(
          "vector query dimension: "
              + dimension
              + " differs from field dimension: "
              + field.getVectorDimension()
              + " of field \""
              + name
              + "\"");
    }
    return field;
  }

  @Override
  public Map<String, Long> getOffHeapByteSize(FieldInfo fieldInfo) {
    FieldMeta meta = store.field(fieldInfo.number);
    if (meta == null) {
      throw new IllegalArgumentException("field=\"" + fieldInfo.name + "\" not found");
    }
    Map<String, Long> rawBytes = raw.getOffHeapByteSize(fieldInfo);
    return meta.blocks() == null
        ? rawBytes
        : mergeOffHeapByteSizeMaps(rawBytes, store.blocks(fieldInfo.number).offHeapBytes());
  }

  @Override
  public void close() throws IOException {
    IOUtils.close(store, raw);
  }
}
