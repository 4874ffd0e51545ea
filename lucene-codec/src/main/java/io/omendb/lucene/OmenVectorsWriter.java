/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene;

import io.omendb.lucene.quantize.Parallel;
import io.omendb.lucene.simd.Kernels;
import io.omendb.lucene.store.BlockWriter;
import io.omendb.lucene.store.FieldMeta;
import io.omendb.lucene.store.FileLayout;
import io.omendb.lucene.store.MetaFile;
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
import org.apache.lucene.index.FieldInfo;
import org.apache.lucene.index.FieldInfos;
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
 * Writes a segment. Raw vectors go through Lucene's flat writer, at flush and merge alike; when
 * they are all on disk, {@link #finish} reads them back and builds everything else from there.
 */
abstract class OmenVectorsWriter extends KnnVectorsWriter {
  private final SegmentWriteState state;
  private final OmenVectorsOptions options;
  private final RecentCodebooks recentCodebooks;
  private final KnnVectorsWriter rawWriter;
  private final List<PendingField> pending = new ArrayList<>();
  private IndexOutput meta;
  private IndexOutput codes;
  private IndexOutput index;
  private boolean rawClosed;
  private boolean flushed;
  private boolean finished;

  /** A field whose raw vectors are written. */
  private record PendingField(FieldInfo field, MergeState merge, Parallel parallel) {}

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
    pending.add(new PendingField(field, null, parallel(options.executor(), () -> {})));
    return rawWriter.addField(field);
  }

  @Override
  public final void flush(int maxDoc, Sorter.DocMap sortMap) throws IOException {
    flushed = true;
    rawWriter.flush(maxDoc, sortMap);
  }

  /** Notes that the raw vectors of a field are merged; the rest of its merge is left to finish. */
  final void rawMerged(FieldInfo field, MergeState mergeState, Parallel.AbortCheck abortCheck) {
    Executor executor =
        options.executor() != null ? options.executor() : mergeState.intraMergeTaskExecutor;
    pending.add(new PendingField(field, mergeState, parallel(executor, abortCheck)));
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
    // A flush has no field infos of the segment yet, but those of our fields are all it takes.
    FieldInfos fields =
        new FieldInfos(pending.stream().map(PendingField::field).toArray(FieldInfo[]::new));
    SegmentReadState readState =
        new SegmentReadState(
            state.directory, state.segmentInfo, fields, state.context, state.segmentSuffix);
    try (KnnVectorsReader raw = RawFormat.INSTANCE.fieldsReader(readState)) {
      for (PendingField field : pending) {
        MetaFile.write(build(field, raw), meta);
      }
    }
    MetaFile.end(meta);
    for (IndexOutput out : List.of(meta, codes, index)) {
      CodecUtil.writeFooter(out);
    }
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

  private FieldMeta build(PendingField pendingField, KnnVectorsReader raw) throws IOException {
    FieldInfo field = pendingField.field;
    KnnVectorValues values =
        field.getVectorEncoding() == VectorEncoding.BYTE
            ? raw.getByteVectorValues(field.name)
            : raw.getFloatVectorValues(field.name);
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
    return builder.build(field, values, pendingField.merge != null, sources, recentCodebooks);
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
