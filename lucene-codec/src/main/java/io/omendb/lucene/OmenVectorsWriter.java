/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene;

import io.omendb.lucene.quantize.Parallel;
import io.omendb.lucene.simd.Kernels;
import io.omendb.lucene.store.BlockWriter;
import io.omendb.lucene.store.FileLayout;
import io.omendb.lucene.store.MetaFile;
import io.omendb.lucene.write.AddedVectors;
import io.omendb.lucene.write.FieldBuilder;
import io.omendb.lucene.write.RecentCodebooks;
import io.omendb.lucene.write.Source;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import org.apache.lucene.codecs.CodecUtil;
import org.apache.lucene.codecs.KnnFieldVectorsWriter;
import org.apache.lucene.codecs.KnnVectorsReader;
import org.apache.lucene.codecs.KnnVectorsWriter;
import org.apache.lucene.codecs.hnsw.FlatFieldVectorsWriter;
import org.apache.lucene.codecs.hnsw.FlatVectorsWriter;
import org.apache.lucene.index.FieldInfo;
import org.apache.lucene.index.KnnVectorValues;
import org.apache.lucene.index.MergeState;
import org.apache.lucene.index.SegmentReadState;
import org.apache.lucene.index.SegmentWriteState;
import org.apache.lucene.index.Sorter;
import org.apache.lucene.index.VectorEncoding;
import org.apache.lucene.search.TaskExecutor;
import org.apache.lucene.store.IndexOutput;
import org.apache.lucene.util.IOUtils;

/**
 * Writes a segment. Raw vectors go through Lucene's flat writer, at flush and merge alike. A flush
 * builds everything else of the vectors in heap, while they are written; a merge of those on disk,
 * when all are there.
 */
abstract class OmenVectorsWriter extends KnnVectorsWriter {
  private final SegmentWriteState state;
  private final OmenVectorsOptions options;
  private final RecentCodebooks recentCodebooks;
  private final FlatVectorsWriter rawWriter;
  private final List<PendingField> pending = new ArrayList<>();
  private IndexOutput meta;
  private IndexOutput codes;
  private IndexOutput index;
  private boolean rawClosed;
  private boolean flushed;
  private boolean finished;

  /**
   * A field that is not built yet.
   *
   * @param added its vectors in a flush, null in a merge
   * @param merge what is merged, null in a flush
   */
  private record PendingField(
      FieldInfo field, FlatFieldVectorsWriter<?> added, MergeState merge, Parallel parallel) {}

  OmenVectorsWriter(
      SegmentWriteState state, OmenVectorsOptions options, RecentCodebooks recentCodebooks)
      throws IOException {
    this.state = state;
    this.options = options;
    this.recentCodebooks = recentCodebooks;
    this.rawWriter = RawFormat.INSTANCE.fieldsWriter(state);
    try {
      meta = FileLayout.META.create(state);
      codes = FileLayout.CODES.create(state);
      index = FileLayout.INDEX.create(state);
    } catch (Throwable t) {
      IOUtils.closeWhileHandlingException(this);
      throw t;
    }
  }

  /** Lucene's writer of raw vectors. */
  final KnnVectorsWriter rawWriter() {
    return rawWriter;
  }

  @Override
  public final KnnFieldVectorsWriter<?> addField(FieldInfo field) throws IOException {
    FlatFieldVectorsWriter<?> added = rawWriter.addField(field);
    pending.add(new PendingField(field, added, null, parallel(options.executor(), () -> {})));
    return added;
  }

  @Override
  public final void flush(int maxDoc, Sorter.DocMap sortMap) throws IOException {
    flushed = true;
    parallel(options.executor(), () -> {})
        .both(() -> rawWriter.flush(maxDoc, sortMap), () -> buildAdded(sortMap));
  }

  private void buildAdded(Sorter.DocMap sortMap) throws IOException {
    for (PendingField field : pending) {
      build(field, AddedVectors.of(field.field, field.added, sortMap));
    }
  }

  /** Notes that the raw vectors of a field are merged; the rest of its merge is left to finish. */
  final void rawMerged(FieldInfo field, MergeState mergeState, Parallel.AbortCheck abortCheck) {
    Executor executor =
        options.executor() != null ? options.executor() : mergeState.intraMergeTaskExecutor;
    pending.add(new PendingField(field, null, mergeState, parallel(executor, abortCheck)));
  }

  private static Parallel parallel(Executor executor, Parallel.AbortCheck abortCheck) {
    return new Parallel(executor == null ? null : new TaskExecutor(executor), abortCheck);
  }

  @Override
  public final void finish() throws IOException {
    if (finished) {
      throw new IllegalStateException("already finished");
    }
    finished = true;
    checkFlushed();
    rawWriter.finish();
    rawClosed = true;
    rawWriter.close();
    if (!flushed) {
      buildMerged();
    }
    MetaFile.end(meta);
    for (IndexOutput out : List.of(meta, codes, index)) {
      CodecUtil.writeFooter(out);
    }
  }

  private void buildMerged() throws IOException {
    SegmentReadState readState =
        new SegmentReadState(
            state.directory,
            state.segmentInfo,
            state.fieldInfos,
            state.context,
            state.segmentSuffix);
    try (KnnVectorsReader raw = RawFormat.INSTANCE.fieldsReader(readState)) {
      for (PendingField field : pending) {
        build(field, valuesOnDisk(field.field, raw));
      }
    }
  }

  private static KnnVectorValues valuesOnDisk(FieldInfo field, KnnVectorsReader raw)
      throws IOException {
    return field.getVectorEncoding() == VectorEncoding.BYTE
        ? raw.getByteVectorValues(field.name)
        : raw.getFloatVectorValues(field.name);
  }

  /** A merge that bypasses the override of mergeOneField adds vectors and never flushes them. */
  private void checkFlushed() {
    for (PendingField field : pending) {
      if (field.merge == null && !flushed) {
        throw new IllegalStateException(
            "field \""
                + field.field.name
                + "\": vectors were added but not flushed and would be lost; this version of Lucene"
                + " is not supported");
      }
    }
  }

  private void build(PendingField pendingField, KnnVectorValues values) throws IOException {
    FieldInfo field = pendingField.field;
    List<Source> sources =
        pendingField.merge == null ? List.of() : MergeSources.of(field, values, pendingField.merge);
    FieldBuilder builder =
        new FieldBuilder(
            Kernels.best(),
            new FieldBuilder.Settings(
                options.codesThreshold(),
                options.graphThreshold(),
                options.maxConn(),
                options.beamWidth(),
                options.searchDepth()),
            pendingField.parallel,
            state.infoStream,
            new BlockWriter(codes, index),
            state.segmentInfo.name);
    MetaFile.write(
        builder.build(field, values, pendingField.merge != null, sources, recentCodebooks), meta);
  }

  @Override
  public final long ramBytesUsed() {
    return rawWriter.ramBytesUsed();
  }

  @Override
  public final void close() throws IOException {
    IOUtils.close(rawClosed ? null : rawWriter, meta, codes, index);
  }
}
