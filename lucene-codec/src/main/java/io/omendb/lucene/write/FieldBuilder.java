/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene.write;

import io.omendb.lucene.blocks.BlockLayout;
import io.omendb.lucene.blocks.Effort;
import io.omendb.lucene.blocks.RepresentativeCoder;
import io.omendb.lucene.blocks.RepresentativeCodes;
import io.omendb.lucene.blocks.RepresentativeGraph;
import io.omendb.lucene.observe.BuildReport;
import io.omendb.lucene.observe.Observers;
import io.omendb.lucene.quantize.CodeBuffer;
import io.omendb.lucene.quantize.Codebook;
import io.omendb.lucene.quantize.CodebookTrainer;
import io.omendb.lucene.quantize.Metric;
import io.omendb.lucene.quantize.Parallel;
import io.omendb.lucene.quantize.PqEncoder;
import io.omendb.lucene.quantize.VectorSource;
import io.omendb.lucene.simd.Kernels;
import io.omendb.lucene.store.BlockWriter;
import io.omendb.lucene.store.FieldMeta;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.lucene.index.FieldInfo;
import org.apache.lucene.index.KnnVectorValues;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.util.InfoStream;

/**
 * Builds the files of one field of a segment from its raw vectors, and from what the sources of a
 * merge already know: codebook and codes. Heap while it works: about 70 bytes a vector, the size of
 * the codes included, and a training sample of at most 16,384 vectors besides (67 MB at 768
 * dimensions) where a codebook is trained.
 */
public final class FieldBuilder {
  /** Names our lines in an {@link InfoStream}. */
  private static final String COMPONENT = "OMEN";

  private final Kernels kernels;
  private final Settings settings;
  private final Parallel parallel;
  private final InfoStream infoStream;
  private final BlockWriter writer;
  private final String segment;

  /**
   * What the options say about building.
   *
   * @param minCoded vectors from which a segment gets codes; smaller ones are scanned raw
   * @param minGraph representatives from which a graph connects them; fewer are scanned
   * @param maxConn neighbours of a node of the graph
   * @param beamWidth candidates while the graph is built
   * @param searchDepth factor on the default depth of searches, kept in the metadata
   */
  public record Settings(
      int minCoded, int minGraph, int maxConn, int beamWidth, float searchDepth) {}

  /**
   * A builder for one segment.
   *
   * @param segment name of the segment, for reports
   */
  public FieldBuilder(
      Kernels kernels,
      Settings settings,
      Parallel parallel,
      InfoStream infoStream,
      BlockWriter writer,
      String segment) {
    this.kernels = kernels;
    this.settings = settings;
    this.parallel = parallel;
    this.infoStream = infoStream;
    this.writer = writer;
    this.segment = segment;
  }

  /**
   * Builds one field.
   *
   * @param values all raw vectors of the segment
   * @param merge whether segments are merged; false for a flush
   * @param sources those of the merged segments that have codes
   * @param recent codebooks that may fit, from elsewhere; the one used is noted there
   */
  public FieldMeta build(
      FieldInfo field,
      KnnVectorValues values,
      boolean merge,
      List<Source> sources,
      RecentCodebooks recent)
      throws IOException {
    int count = values.size();
    if (count < settings.minCoded) {
      return new FieldMeta(field.number, field.getVectorDimension(), count, null);
    }
    long start = System.nanoTime();
    boolean cosine = field.getVectorSimilarityFunction() == VectorSimilarityFunction.COSINE;
    VectorSource raw = new RawVectors(values, cosine);
    Choice choice = codebook(field, raw, merge, sources, recent);
    Codebook codebook = choice.codebook;
    recent.put(field.name, codebook);
    long trained = System.nanoTime();
    CodeBuffer codes = new CodeBuffer(count, codebook.subspaces());
    int[] missing = SourceCodes.copy(sources, codebook, codes);
    boolean encodedUnit = encode(field, raw, codebook, missing, codes);
    long encoded = System.nanoTime();
    BlockLayout layout =
        BlockLayout.of(kernels, parallel, codebook, codes, merge ? Effort.MERGE : Effort.FLUSH);
    RepresentativeGraph graph = null;
    if (BlockLayout.blocks(count) >= settings.minGraph) {
      graph =
          RepresentativeGraph.build(
              layout.means(), codebook.axes(), settings.maxConn, settings.beamWidth, infoStream);
    }
    RepresentativeCodes representatives =
        new RepresentativeCoder(kernels, parallel, codebook).code(codes, layout.ordOfSlot());
    BlockWriter.Written files =
        writer.write(codes, layout, representatives, codebook.axes(), graph);
    long written = System.nanoTime();
    message(
        "field \"%s\": %d vectors, train %.3f s, encode %.3f s, blocks and graph %.3f s",
        field.name,
        count,
        (trained - start) / 1e9,
        (encoded - trained) / 1e9,
        (written - encoded) / 1e9);
    Observers.built(
        new BuildReport(
            segment,
            field.name,
            count,
            merge,
            choice.trained,
            codebook.error(),
            count - missing.length,
            trained - start,
            encoded - trained,
            written - encoded));
    boolean unit = cosine || (isDot(field) && encodedUnit && copiedUnit(sources, codebook, raw));
    Metric metric = isDot(field) && !unit ? Metric.DOT_PRODUCT : Metric.SQUARED_DISTANCE;
    return new FieldMeta(
        field.number,
        field.getVectorDimension(),
        count,
        new FieldMeta.Blocks(
            metric,
            unit,
            settings.searchDepth,
            files.codesOffset(),
            files.indexOffset(),
            files.graphLength(),
            codebook));
  }

  private static boolean isDot(FieldInfo field) {
    return switch (field.getVectorSimilarityFunction()) {
      case DOT_PRODUCT, MAXIMUM_INNER_PRODUCT -> true;
      default -> false;
    };
  }

  /**
   * Whether the vectors whose codes were copied are of unit length: on such, distances order as dot
   * products do, and codes approximate them better.
   */
  private static boolean copiedUnit(List<Source> sources, Codebook codebook, VectorSource raw)
      throws IOException {
    boolean known = true;
    for (Source source : sources) {
      known &= !source.store().codebook().equals(codebook) || source.store().meta().unitVectors();
    }
    if (known) {
      return true;
    }
    // What was not of unit length may be deleted by now.
    UnitCheck check = new UnitCheck(raw);
    float[] vector = new float[raw.dimension()];
    for (int ord = 0; ord < raw.size() && check.allUnit(); ord++) {
      check.read(ord, vector, 0);
    }
    return check.allUnit();
  }

  /** A codebook, and whether it was trained for this segment. */
  private record Choice(Codebook codebook, boolean trained) {}

  private Choice codebook(
      FieldInfo field,
      VectorSource raw,
      boolean merge,
      List<Source> sources,
      RecentCodebooks recent)
      throws IOException {
    CodebookTrainer trainer = new CodebookTrainer(kernels, parallel);
    Codebook known = CodebookChoice.mostUsed(sources, recent.get(field.name, raw.dimension()));
    if (known == null) {
      synchronized (recent.firstTraining(field.name, raw.dimension())) {
        known = recent.get(field.name, raw.dimension());
        if (known == null) {
          Codebook trained = trainer.train(raw);
          recent.put(field.name, trained);
          return new Choice(trained, true);
        }
      }
    }
    String objection = CodebookChoice.objection(trainer, known, raw, merge);
    message(
        "field \"%s\": codebook trained on %d vectors %s",
        field.name, known.trainedOn(), objection == null ? "kept" : "retrained: " + objection);
    return objection == null ? new Choice(known, false) : new Choice(trainer.train(raw), true);
  }

  /**
   * Encodes the vectors whose codes no source has.
   *
   * @param missing their ordinals
   * @return whether all vectors that were encoded are of unit length
   */
  private boolean encode(
      FieldInfo field, VectorSource raw, Codebook codebook, int[] missing, CodeBuffer codes)
      throws IOException {
    AtomicBoolean unit = new AtomicBoolean(true);
    parallel.forRange(
        missing.length,
        CodeBuffer.PAGE_SIZE,
        (from, to) -> {
          UnitCheck source = new UnitCheck(raw.copy());
          new PqEncoder(kernels, codebook).encode(source, missing, from, to, codes::set);
          if (!source.allUnit()) {
            unit.set(false);
          }
        });
    message(
        "field \"%s\": %d codes copied, %d encoded",
        field.name, raw.size() - missing.length, missing.length);
    return unit.get();
  }

  private void message(String format, Object... arguments) {
    if (infoStream.isEnabled(COMPONENT)) {
      infoStream.message(COMPONENT, String.format(Locale.ROOT, format, arguments));
    }
  }
}
