/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene.store;

import io.omendb.lucene.blocks.BlockLayout;
import io.omendb.lucene.blocks.CodedVectors;
import io.omendb.lucene.blocks.Effort;
import io.omendb.lucene.blocks.RepresentativeGraph;
import io.omendb.lucene.quantize.Metric;
import io.omendb.lucene.quantize.Parallel;
import io.omendb.lucene.simd.Kernels;
import java.io.IOException;
import org.apache.lucene.codecs.CodecUtil;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.IOContext;
import org.apache.lucene.store.IndexOutput;
import org.apache.lucene.util.InfoStream;

/** Writes blocks of coded vectors and opens them, for tests of what searches them. */
public final class StoredBlocks {
  private StoredBlocks() {}

  /**
   * Blocks of vectors whose metric is the squared distance.
   *
   * @param directory where they are written
   */
  public static BlockStore of(Directory directory, CodedVectors vectors, boolean withGraph)
      throws IOException {
    int axes = vectors.codebook().axes();
    BlockLayout layout =
        BlockLayout.of(
            Kernels.best(), Parallel.SEQUENTIAL, vectors.codebook(), vectors.codes(), Effort.MERGE);
    RepresentativeGraph graph =
        withGraph
            ? RepresentativeGraph.build(layout.means(), axes, 16, 100, InfoStream.NO_OUTPUT)
            : null;
    BlockWriter.Written written;
    try (IndexOutput codes = directory.createOutput("codes.bin", IOContext.DEFAULT);
        IndexOutput index = directory.createOutput("index.bin", IOContext.DEFAULT)) {
      written =
          new BlockWriter(codes, index)
              .write(vectors.codes(), layout, vectors.representatives(layout), axes, graph);
      CodecUtil.writeFooter(codes);
      CodecUtil.writeFooter(index);
    }
    FieldMeta.Blocks blocks =
        new FieldMeta.Blocks(
            Metric.SQUARED_DISTANCE,
            false,
            1,
            written.codesOffset(),
            written.indexOffset(),
            written.graphLength(),
            vectors.codebook());
    return BlockStore.open(
        new FieldMeta(0, vectors.codebook().dimension(), vectors.codes().count(), blocks),
        FileLayout.VERSION_CURRENT,
        "v",
        directory.openInput("codes.bin", IOContext.DEFAULT),
        directory.openInput("index.bin", IOContext.DEFAULT));
  }
}
