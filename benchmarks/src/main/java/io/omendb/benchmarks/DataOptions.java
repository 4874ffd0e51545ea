/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.benchmarks;

import io.omendb.lucene.quantize.Parallel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Option;

/**
 * Reads vectors, whatever they are in: a folder as {@link VectorSetReader} reads it, a file of
 * ann-benchmarks ({@code hdf5}), or one of bare vectors ({@link VectorFile}).
 *
 * <p>Queries of {@code x_base.fvecs} are sought in {@code x_query.fvecs} and {@code
 * x_queries.fvecs} beside it. Where there are none, the last rows are held out as queries.
 */
final class DataOptions {
  /** True neighbours of a query where a file brings none. */
  private static final int NEIGHBOURS = 100;

  @Option(
      names = "--dimension",
      paramLabel = "N",
      defaultValue = "0",
      description = "Dimension of .f32 files, which do not tell.")
  private int dimension;

  @Option(
      names = "--hold-out",
      paramLabel = "N",
      defaultValue = "1000",
      description =
          "Rows at the end of a file that become queries if it has none (default:"
              + " ${DEFAULT-VALUE}).")
  private int holdOut;

  @Option(
      names = "--first",
      paramLabel = "N",
      defaultValue = "0",
      description = "Use only the first N vectors; 0 for all.")
  private int first;

  /** Reads a folder or file. */
  VectorSet read(Path path, Parallel parallel) throws IOException {
    if (first < 0 || holdOut < 1) {
      throw new IOException(
          "--first must be at least 0 and --hold-out at least 1; are " + first + ", " + holdOut);
    }
    VectorSet set = Files.isDirectory(path) ? folder(path) : file(path);
    check(path + ", vectors", set.base(), set.dimension());
    check(path + ", queries", set.queries(), set.dimension());
    return set.truth() != null ? set : set.withTruth(truth(set, parallel));
  }

  private VectorSet folder(Path path) throws IOException {
    VectorSet set = VectorSetReader.read(path);
    return first == 0 || first >= set.base().length ? set : set.first(first);
  }

  private VectorSet file(Path path) throws IOException {
    String name = path.getFileName().toString();
    String extension = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    if (List.of("hdf5", "h5").contains(extension)) {
      try (Hdf5File file = new Hdf5File(path)) {
        return hdf5(path, file);
      }
    }
    VectorFile.Kind kind = VectorFile.Kind.ofExtension(extension);
    if (kind == null) {
      throw new IOException(
          path + ": must be a folder or end in .hdf5, .fvecs, .bvecs, .ivecs or .f32");
    }
    Path queries = queriesBeside(path, name);
    return set(
        path,
        new VectorFile(path, kind, dimension),
        queries == null ? null : new VectorFile(queries, kind, dimension),
        null);
  }

  private static Path queriesBeside(Path path, String name) {
    for (String other : List.of("query", "queries")) {
      Path queries = path.resolveSibling(name.replace("base", other));
      if (name.contains("base") && Files.exists(queries)) {
        return queries;
      }
    }
    return null;
  }

  private VectorSet hdf5(Path path, Hdf5File file) throws IOException {
    Rows train = file.rows("train");
    if (train == null) {
      throw new IOException(path + ": has no dataset \"train\"");
    }
    Rows test = file.rows("test");
    int[][] neighbours = test == null ? null : file.neighbours();
    if (neighbours != null) {
      checkNeighbours(path, neighbours, test.count(), train.count());
    }
    return set(path, train, test, neighbours);
  }

  private static void checkNeighbours(Path path, int[][] neighbours, int queries, int rows)
      throws IOException {
    if (neighbours.length != queries) {
      throw new IOException(
          path + ": neighbors of " + neighbours.length + " queries, but " + queries + " in test");
    }
    for (int q = 0; q < queries; q++) {
      for (int row : neighbours[q]) {
        if (row < 0 || row >= rows) {
          throw new IOException(
              path + ": neighbor of query " + q + " must be in [0, " + rows + "); is " + row);
        }
      }
    }
  }

  /** Makes a set; its truth is null if the given one does not hold for the rows in use. */
  private VectorSet set(Path path, Rows base, Rows queries, int[][] truth) throws IOException {
    int usable = base.count() - (queries == null ? holdOut : 0);
    if (usable < 1) {
      throw new IOException(
          path + ": has " + base.count() + " vectors, of which --hold-out takes " + holdOut);
    }
    int size = first == 0 ? usable : Math.min(first, usable);
    return new VectorSet(
        path.getFileName().toString(),
        base.read(0, size),
        queries == null ? base.read(usable, base.count()) : queries.read(0, queries.count()),
        size < usable ? null : truth,
        Map.of(),
        Map.of());
  }

  private static void check(String what, float[][] vectors, int dimension) throws IOException {
    for (int row = 0; row < vectors.length; row++) {
      if (vectors[row].length != dimension) {
        throw new IOException(
            what + ": dimension must be " + dimension + "; is " + vectors[row].length);
      }
      for (int d = 0; d < dimension; d++) {
        if (!Float.isFinite(vectors[row][d])) {
          throw new IOException(
              what
                  + ": component "
                  + d
                  + " of row "
                  + row
                  + " must be finite; is "
                  + vectors[row][d]);
        }
      }
    }
  }

  private static int[][] truth(VectorSet set, Parallel parallel) throws IOException {
    ExactSearch exact = new ExactSearch(VectorSet.unitLength(set.base()), parallel);
    return exact.nearest(VectorSet.unitLength(set.queries()), NEIGHBOURS);
  }
}
