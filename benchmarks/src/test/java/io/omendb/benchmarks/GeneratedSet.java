/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;

/** Clustered vectors, written as {@link VectorSetReader} reads them; the cluster is the topic. */
public final class GeneratedSet {
  static final String NAME = "clusters";
  static final int TRUTH = 20;

  private static final int CLUSTERS = 25;
  private static final int LEVELS = (1 << 12) - 1;

  final float[][] base;
  final float[][] queries;
  private final int[] clusters;
  private final int[] queryClusters;
  private final int dimension;

  /** Draws vectors. */
  public GeneratedSet(int count, int queryCount, int dimension, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    this.dimension = dimension;
    float[][] centres = new float[CLUSTERS][dimension];
    for (float[] centre : centres) {
      for (int d = 0; d < dimension; d++) {
        centre[d] = (float) random.nextGaussian();
      }
    }
    clusters = random.ints(count, 0, CLUSTERS).toArray();
    queryClusters = random.ints(queryCount, 0, CLUSTERS).toArray();
    base = around(centres, clusters, random);
    queries = around(centres, queryClusters, random);
    roundToTwelveBits();
  }

  /** Base vectors scaled to unit length. */
  public float[][] unitBase() {
    return VectorSet.unitLength(base);
  }

  /** Queries scaled to unit length. */
  public float[][] unitQueries() {
    return VectorSet.unitLength(queries);
  }

  private float[][] around(float[][] centres, int[] which, SplittableRandom random) {
    float[][] vectors = new float[which.length][dimension];
    for (int i = 0; i < which.length; i++) {
      float length = (float) random.nextDouble(.5, 2);
      for (int d = 0; d < dimension; d++) {
        vectors[i][d] = length * (centres[which[i]][d] + (float) random.nextGaussian(0, .7));
      }
    }
    return vectors;
  }

  private void roundToTwelveBits() {
    for (float[] vector : base) {
      for (int d = 0; d < dimension; d++) {
        vector[d] = offset() + step() * code(vector[d]);
      }
    }
  }

  private static float offset() {
    return -12;
  }

  private static float step() {
    return 24f / LEVELS;
  }

  private static int code(float value) {
    return Math.max(0, Math.min(LEVELS, Math.round((value - offset()) / step())));
  }

  /** Writes the set and returns the folder that holds its folder. */
  Path write(Path data) throws IOException {
    Path folder = Files.createDirectories(data.resolve(NAME));
    Files.writeString(folder.resolve("meta.json"), meta());
    Files.write(folder.resolve("base.u12"), packed());
    byte[] affine = new byte[2 * dimension * Float.BYTES];
    byte[] floats = new byte[queries.length * dimension * Float.BYTES];
    byte[] ids = new byte[queries.length * TRUTH * Integer.BYTES];
    for (int i = 0; i < 2 * dimension; i++) {
      littleEndian(affine).putFloat(i * Float.BYTES, i < dimension ? offset() : step());
    }
    for (int q = 0; q < queries.length; q++) {
      littleEndian(floats).asFloatBuffer().put(q * dimension, queries[q]);
      littleEndian(ids).asIntBuffer().put(q * TRUTH, nearest(queries[q]).toArray());
    }
    Files.write(folder.resolve("affine.f32"), affine);
    Files.write(folder.resolve("queries.f32"), floats);
    Files.write(folder.resolve("gt_ids.i32"), ids);
    writeTexts(folder.resolve("base.tsv.gz"), clusters);
    writeTexts(folder.resolve("queries.tsv.gz"), queryClusters);
    return data;
  }

  private String meta() {
    return String.format(
        Locale.ROOT,
        """
        {
          "name": "%s",
          "n": %d,
          "dim": %d,
          "n_queries": %d,
          "k": %d,
          "similarity": "cosine",
          "unit_length": false,
          "parts": [{"base": "base.u12", "dim": %d, "encoding": "u12", "affine": "affine.f32", \
        "queries": "queries.f32"}],
          "texts": ["base.tsv.gz", "queries.tsv.gz"]
        }
        """,
        NAME,
        base.length,
        dimension,
        queries.length,
        TRUTH,
        dimension);
  }

  private byte[] packed() {
    byte[] packed = new byte[base.length * dimension / 2 * 3];
    int at = 0;
    for (float[] vector : base) {
      for (int d = 0; d < dimension; d += 2) {
        int pair = code(vector[d]) | code(vector[d + 1]) << 12;
        packed[at++] = (byte) pair;
        packed[at++] = (byte) (pair >> 8);
        packed[at++] = (byte) (pair >> 16);
      }
    }
    return packed;
  }

  private static ByteBuffer littleEndian(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Rows nearest to a query by cosine, best first. */
  IntStream nearest(float[] query) {
    double[] cosines = new double[base.length];
    Arrays.setAll(cosines, row -> cosine(query, base[row]));
    return IntStream.range(0, base.length)
        .boxed()
        .sorted(Comparator.comparingDouble(row -> -cosines[row]))
        .limit(TRUTH)
        .mapToInt(Integer::intValue);
  }

  private static double cosine(float[] a, float[] b) {
    double ab = 0;
    double aa = 0;
    double bb = 0;
    for (int d = 0; d < a.length; d++) {
      ab += (double) a[d] * b[d];
      aa += (double) a[d] * a[d];
      bb += (double) b[d] * b[d];
    }
    return ab / Math.sqrt(aa * bb);
  }

  private static void writeTexts(Path file, int[] topics) throws IOException {
    StringBuilder text = new StringBuilder("id\ttext\tlexname\n");
    for (int i = 0; i < topics.length; i++) {
      text.append(i).append("\ttext ").append(i).append("\ttopic").append(topics[i]).append('\n');
    }
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write(text.toString().getBytes(UTF_8));
    }
  }
}
