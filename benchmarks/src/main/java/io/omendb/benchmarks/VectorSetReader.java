/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/**
 * Reads a vector set from a folder: {@code meta.json} names the files, all little-endian. Base
 * values are stored in 12 bits ({@code u12}) or as floats ({@code f32}), in one part or several
 * that are put side by side.
 */
final class VectorSetReader {
  private static final Pattern PART =
      Pattern.compile(
          "\\{\"base\": \"([^\"]+)\", \"dim\": (\\d+), \"encoding\": \"([^\"]+)\","
              + " \"affine\": \"([^\"]*)\", \"queries\": \"([^\"]+)\"\\}");

  private static final Pattern TEXTS =
      Pattern.compile("\"texts\": \\[\"([^\"]+)\", \"([^\"]+)\"\\]");

  private static final int BUFFER = 1 << 20;

  private final Path folder;
  private final String meta;

  private VectorSetReader(Path folder) throws IOException {
    this.folder = folder;
    this.meta = Files.readString(folder.resolve("meta.json"));
  }

  static VectorSet read(Path folder) throws IOException {
    return new VectorSetReader(folder).read();
  }

  private VectorSet read() throws IOException {
    if (!text("similarity").equals("cosine")) {
      throw new IOException(folder + ": similarity must be cosine, is " + text("similarity"));
    }
    int dimension = number("dim");
    float[][] base = new float[number("n")][dimension];
    float[][] queries = new float[number("n_queries")][dimension];
    int at = 0;
    Matcher part = PART.matcher(meta);
    while (part.find()) {
      int width = Integer.parseInt(part.group(2));
      if (part.group(3).equals("u12")) {
        readTwelveBits(part.group(1), part.group(4), base, width, at);
      } else {
        readFloats(part.group(1), base, width, at);
      }
      readFloats(part.group(5), queries, width, at);
      at += width;
    }
    if (at != dimension) {
      throw new IOException(folder + ": parts have " + at + " dimensions, not " + dimension);
    }
    if (meta.contains("\"unit_length\": true")) {
      normalize(base);
      normalize(queries);
    }
    Matcher texts = TEXTS.matcher(meta);
    if (!texts.find()) {
      throw new IOException(folder + ": meta.json names no texts");
    }
    return new VectorSet(
        text("name"),
        base,
        queries,
        truth(queries.length, number("k")),
        columns(texts.group(1), base.length),
        columns(texts.group(2), queries.length));
  }

  private int[][] truth(int queries, int k) throws IOException {
    ByteBuffer ids = bytes("gt_ids.i32");
    int[][] truth = new int[queries][k];
    for (int[] row : truth) {
      ids.asIntBuffer().get(row);
      ids.position(ids.position() + k * Integer.BYTES);
    }
    return truth;
  }

  private Map<String, String[]> columns(String file, int rows) throws IOException {
    Map<String, String[]> columns = new LinkedHashMap<>();
    try (InputStream in = Files.newInputStream(folder.resolve(file));
        BufferedReader reader =
            new BufferedReader(new InputStreamReader(new GZIPInputStream(in), UTF_8))) {
      String[] names = line(reader, file);
      for (String name : names) {
        columns.put(name, new String[rows]);
      }
      for (int row = 0; row < rows; row++) {
        String[] values = line(reader, file);
        for (int c = 0; c < names.length; c++) {
          columns.get(names[c])[row] = values[c];
        }
      }
    }
    return columns;
  }

  private static String[] line(BufferedReader reader, String file) throws IOException {
    String line = reader.readLine();
    if (line == null) {
      throw new EOFException(file);
    }
    return line.split("\t", -1);
  }

  private void readTwelveBits(String file, String affine, float[][] to, int width, int at)
      throws IOException {
    ByteBuffer steps = bytes(affine);
    float[] offset = new float[width];
    float[] step = new float[width];
    steps.asFloatBuffer().get(offset).get(step);
    byte[] row = new byte[width / 2 * 3];
    try (InputStream in = open(file)) {
      for (float[] vector : to) {
        readFully(in, row, file);
        for (int d = 0, p = 0; d < width; d += 2, p += 3) {
          int low = row[p] & 0xFF;
          int middle = row[p + 1] & 0xFF;
          int high = row[p + 2] & 0xFF;
          vector[at + d] = offset[d] + step[d] * (low | (middle & 15) << 8);
          vector[at + d + 1] = offset[d + 1] + step[d + 1] * (middle >> 4 | high << 4);
        }
      }
    }
  }

  private void readFloats(String file, float[][] to, int width, int at) throws IOException {
    ByteBuffer row = ByteBuffer.allocate(Float.BYTES * width).order(ByteOrder.LITTLE_ENDIAN);
    try (InputStream in = open(file)) {
      for (float[] vector : to) {
        readFully(in, row.array(), file);
        row.clear();
        row.asFloatBuffer().get(vector, at, width);
      }
    }
  }

  private InputStream open(String file) throws IOException {
    return new BufferedInputStream(Files.newInputStream(folder.resolve(file)), BUFFER);
  }

  private static void readFully(InputStream in, byte[] to, String file) throws IOException {
    if (in.readNBytes(to, 0, to.length) != to.length) {
      throw new EOFException(file);
    }
  }

  private ByteBuffer bytes(String file) throws IOException {
    return ByteBuffer.wrap(Files.readAllBytes(folder.resolve(file))).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** As the sets demand: sum and quotient in double, rounded to float once. */
  private static void normalize(float[][] vectors) {
    for (float[] vector : vectors) {
      double squares = 0;
      for (float value : vector) {
        squares += (double) value * value;
      }
      double length = Math.sqrt(squares);
      for (int d = 0; d < vector.length; d++) {
        vector[d] = (float) (vector[d] / length);
      }
    }
  }

  private String text(String key) throws IOException {
    return value(key, "\"([^\"]*)\"");
  }

  private int number(String key) throws IOException {
    return Integer.parseInt(value(key, "(\\d+)"));
  }

  private String value(String key, String pattern) throws IOException {
    Matcher matcher = Pattern.compile("\"" + key + "\": " + pattern).matcher(meta);
    if (!matcher.find()) {
      throw new IOException(folder + ": meta.json has no " + key);
    }
    return matcher.group(1);
  }
}
