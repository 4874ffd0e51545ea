/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedOutputStream;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/** Writes a vector set into a folder as {@link VectorSetReader} reads it, its values as floats. */
final class VectorSetWriter {
  private static final String META = "meta.json";

  private final Path folder;

  private VectorSetWriter(Path folder) {
    this.folder = folder;
  }

  /** Whether a folder holds a whole set: what describes it is written last. */
  static boolean isWritten(Path folder) {
    return Files.exists(folder.resolve(META));
  }

  /**
   * Writes a set whose truth is known.
   *
   * @param source one line on where the vectors come from
   */
  static void write(Path folder, VectorSet set, String source) throws IOException {
    new VectorSetWriter(Files.createDirectories(folder)).write(set, source);
  }

  private void write(VectorSet set, String source) throws IOException {
    writeFloats("base.f32", set.base());
    writeFloats("queries.f32", set.queries());
    writeTruth(set.truth());
    writeColumns("base.tsv.gz", set.base().length, set.baseColumns());
    writeColumns("queries.tsv.gz", set.queries().length, set.queryColumns());
    Files.writeString(
        folder.resolve(META),
        String.format(
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
              "source": "%s",
              "parts": [{"base": "base.f32", "dim": %d, "encoding": "f32", "affine": "", \
            "queries": "queries.f32"}],
              "texts": ["base.tsv.gz", "queries.tsv.gz"]
            }
            """,
            set.name(),
            set.base().length,
            set.dimension(),
            set.queries().length,
            set.truth()[0].length,
            source,
            set.dimension()));
  }

  private void writeFloats(String file, float[][] vectors) throws IOException {
    ByteBuffer row =
        ByteBuffer.allocate(vectors[0].length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    try (OutputStream out = open(file)) {
      for (float[] vector : vectors) {
        row.asFloatBuffer().put(vector);
        out.write(row.array());
      }
    }
  }

  private void writeTruth(int[][] truth) throws IOException {
    ByteBuffer row =
        ByteBuffer.allocate(truth[0].length * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    try (OutputStream out = open("gt_ids.i32")) {
      for (int[] neighbours : truth) {
        row.asIntBuffer().put(neighbours);
        out.write(row.array());
      }
    }
  }

  private void writeColumns(String file, int rows, Map<String, String[]> columns)
      throws IOException {
    try (OutputStream out = open(file);
        BufferedWriter writer =
            new BufferedWriter(new OutputStreamWriter(new GZIPOutputStream(out), UTF_8))) {
      writer.write(String.join("\t", columns.keySet()) + '\n');
      for (int row = 0; row < rows; row++) {
        String separator = "";
        for (String[] values : columns.values()) {
          writer.write(separator + values[row].replaceAll("[\t\r\n]", " "));
          separator = "\t";
        }
        writer.write('\n');
      }
    }
  }

  private OutputStream open(String file) throws IOException {
    return new BufferedOutputStream(Files.newOutputStream(folder.resolve(file)));
  }
}
