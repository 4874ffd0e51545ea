/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene.search;

import io.omendb.benchmarks.jmh.RandomData;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.apache.lucene.codecs.hnsw.FlatVectorScorerUtil;
import org.apache.lucene.codecs.hnsw.FlatVectorsScorer;
import org.apache.lucene.codecs.lucene95.OffHeapFloatVectorValues.DenseOffHeapVectorValues;
import org.apache.lucene.index.KnnVectorValues;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.search.TopKnnCollector;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.IOContext;
import org.apache.lucene.store.IndexInput;
import org.apache.lucene.store.IndexOutput;
import org.apache.lucene.store.MMapDirectory;
import org.apache.lucene.util.IOUtils;
import org.apache.lucene.util.VectorUtil;
import org.apache.lucene.util.hnsw.RandomVectorScorer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Exact scores of a shortlist; time per row. Scoring is Lucene's, whatever the kernels. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class RerankBenchmark {
  private static final String FILE = "rows";
  private static final int ROWS = 20_000;
  private static final int SHORTLIST = 128;
  private static final int K = 10;

  /** Dimension of vectors. */
  @Param({"100", "768"})
  public int dimension;

  private float[][] vectors;
  private float[] query;
  private int[] ords;
  private Path folder;
  private Directory directory;
  private IndexInput input;
  private KnnVectorValues values;
  private RandomVectorScorer scorer;

  /** Writes rows into a file and maps it. */
  @Setup
  public void setUp() throws IOException {
    vectors = RandomData.vectors(1, ROWS, dimension);
    query = RandomData.floats(ROWS, dimension);
    ords = new SplittableRandom(2).ints(SHORTLIST, 0, ROWS).sorted().toArray();
    folder = Files.createTempDirectory("rerank");
    directory = new MMapDirectory(folder);
    int rowBytes = dimension * Float.BYTES;
    try (IndexOutput out = directory.createOutput(FILE, IOContext.DEFAULT)) {
      ByteBuffer row = ByteBuffer.allocate(rowBytes).order(ByteOrder.LITTLE_ENDIAN);
      for (float[] vector : vectors) {
        row.asFloatBuffer().put(vector);
        out.writeBytes(row.array(), rowBytes);
      }
    }
    input = directory.openInput(FILE, IOContext.DEFAULT);
    FlatVectorsScorer flat = FlatVectorScorerUtil.getLucene99FlatVectorsScorer();
    VectorSimilarityFunction similarity = VectorSimilarityFunction.DOT_PRODUCT;
    values = new DenseOffHeapVectorValues(dimension, ROWS, input, rowBytes, flat, similarity);
    scorer = flat.getRandomVectorScorer(similarity, values, query);
  }

  /** Removes the file. */
  @TearDown
  public void tearDown() throws IOException {
    IOUtils.close(input, directory);
    IOUtils.rm(folder);
  }

  /** As a search does where rows are in memory: touched, scored in batches and collected. */
  @Benchmark
  @OperationsPerInvocation(SHORTLIST)
  public TopDocs rerank() throws IOException {
    TopKnnCollector collector = new TopKnnCollector(K, Integer.MAX_VALUE);
    Reranker reranker = new Reranker(scorer, collector);
    reranker.touchRows(values);
    reranker.collect(ords, SHORTLIST);
    return collector.topDocs();
  }

  /** Nothing but dot products of rows on the heap, one after the other. */
  @Benchmark
  @OperationsPerInvocation(SHORTLIST)
  public float dotProducts() {
    float sum = 0;
    for (int ord : ords) {
      sum += VectorUtil.dotProduct(query, vectors[ord]);
    }
    return sum;
  }
}
