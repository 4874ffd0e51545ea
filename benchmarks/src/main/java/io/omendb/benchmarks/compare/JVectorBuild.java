/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.benchmarks.compare;

import io.github.jbellis.jvector.disk.BufferedRandomAccessWriter;
import io.github.jbellis.jvector.graph.GraphIndexBuilder;
import io.github.jbellis.jvector.graph.ImmutableGraphIndex;
import io.github.jbellis.jvector.graph.ListRandomAccessVectorValues;
import io.github.jbellis.jvector.graph.RandomAccessVectorValues;
import io.github.jbellis.jvector.graph.disk.GraphIndexWriter;
import io.github.jbellis.jvector.graph.disk.OnDiskGraphIndexWriter;
import io.github.jbellis.jvector.graph.disk.feature.FeatureId;
import io.github.jbellis.jvector.graph.disk.feature.InlineVectors;
import io.github.jbellis.jvector.graph.similarity.BuildScoreProvider;
import io.github.jbellis.jvector.quantization.PQVectors;
import io.github.jbellis.jvector.quantization.ProductQuantization;
import io.github.jbellis.jvector.vector.VectorSimilarityFunction;
import io.github.jbellis.jvector.vector.VectorizationProvider;
import io.github.jbellis.jvector.vector.types.VectorFloat;
import io.github.jbellis.jvector.vector.types.VectorTypeSupport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ForkJoinPool;

/** Writes segments with JVector. */
final class JVectorBuild {
  static final VectorSimilarityFunction SIMILARITY = VectorSimilarityFunction.DOT_PRODUCT;
  static final VectorTypeSupport TYPES = VectorizationProvider.getInstance().getVectorTypeSupport();

  private static final int MAX_CENTROIDS = 256;
  private static final float NOT_ANISOTROPIC = -1;
  private static final int DEGREE = 32;
  private static final float OVERFLOW = 1.2f;
  private static final float ALPHA = 1.2f;

  private final int codeBytes;
  private final boolean onCodes;

  /**
   * Prepares to write.
   *
   * @param onCodes whether the graph is built on the codes, and is as wide above as below
   */
  JVectorBuild(int codeBytes, boolean onCodes) {
    this.codeBytes = codeBytes;
    this.onCodes = onCodes;
  }

  /** Writes a segment of some of the rows. */
  void write(Path folder, float[][] rows, int from, int to, ForkJoinPool pool) throws IOException {
    List<VectorFloat<?>> vectors = new ArrayList<>();
    for (int row = from; row < to; row++) {
      vectors.add(TYPES.createFloatVector(rows[row]));
    }
    int dimension = rows[0].length;
    RandomAccessVectorValues values = new ListRandomAccessVectorValues(vectors, dimension);
    int centroids = Math.min(MAX_CENTROIDS, to - from);
    ProductQuantization quantization =
        ProductQuantization.compute(
            values, codeBytes, centroids, false, NOT_ANISOTROPIC, pool, pool);
    PQVectors codes = quantization.encodeAll(values, pool);
    BuildScoreProvider scores =
        onCodes
            ? BuildScoreProvider.pqBuildScoreProvider(SIMILARITY, codes)
            : BuildScoreProvider.randomAccessScoreProvider(values, SIMILARITY);
    List<Integer> degrees = onCodes ? List.of(DEGREE, DEGREE) : List.of(DEGREE, Peers.MAX_CONN);
    try (GraphIndexBuilder builder =
        GraphIndexBuilder.builder(scores, dimension, degrees)
            .withBeamWidth(Peers.BEAM_WIDTH)
            .withNeighborOverflow(OVERFLOW)
            .withAlpha(ALPHA)
            .withSimdExecutor(pool)
            .withParallelExecutor(pool)
            .build()) {
      ImmutableGraphIndex graph = builder.build(values);
      try (GraphIndexWriter writer =
          new OnDiskGraphIndexWriter.Builder(graph, JVectorSegment.graph(folder, from))
              .with(new InlineVectors(dimension))
              .build()) {
        writer.write(
            Map.of(
                FeatureId.INLINE_VECTORS, node -> new InlineVectors.State(values.getVector(node))));
      }
    }
    try (BufferedRandomAccessWriter writer =
        new BufferedRandomAccessWriter(JVectorSegment.codes(folder, from))) {
      codes.write(writer);
    }
  }
}
