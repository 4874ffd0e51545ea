/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.benchmarks;

import io.jhdf.HdfFile;
import io.jhdf.api.Attribute;
import io.jhdf.api.Dataset;
import io.jhdf.api.Node;
import io.jhdf.exceptions.HdfException;
import java.io.IOException;
import java.lang.reflect.Array;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;

/**
 * A file of ann-benchmarks: {@code train} holds the vectors, {@code test} queries, {@code
 * neighbors} row numbers of the true neighbours of each query, and the attribute {@code distance}
 * says by what they are true.
 */
final class Hdf5File implements AutoCloseable {
  private static final Set<String> COSINE = Set.of("angular", "cosine");
  private static final Set<String> OTHERS = Set.of("euclidean", "dot", "ip", "inner_product");

  /** Rows read at once. */
  private static final int STEP = 4096;

  private final Path path;
  private final HdfFile file;

  Hdf5File(Path path) throws IOException {
    this.path = path;
    try {
      this.file = new HdfFile(path);
    } catch (HdfException e) {
      throw new IOException(path + ": not a file of HDF5: " + e.getMessage(), e);
    }
  }

  /** Vectors of a dataset, null if the file has none of that name. */
  Rows rows(String name) throws IOException {
    Dataset dataset = dataset(name);
    return dataset == null ? null : new DatasetRows(dataset);
  }

  /** The distance that the neighbours are true by, empty if the file does not tell. */
  String distance() throws IOException {
    Attribute attribute = file.getAttribute("distance");
    String distance = attribute == null ? "" : String.valueOf(attribute.getData());
    if (!distance.isEmpty() && !COSINE.contains(distance) && !OTHERS.contains(distance)) {
      throw new IOException(path + ": distance must be angular, euclidean or dot; is " + distance);
    }
    return distance;
  }

  /** Row numbers of the true neighbours by cosine, null if the file does not have them. */
  int[][] neighbours() throws IOException {
    Dataset dataset = dataset("neighbors");
    String distance = distance();
    if (dataset == null) {
      return null;
    }
    if (!COSINE.contains(distance)) {
      System.err.println(
          "  comparing by cosine, not by the file's distance (" + distance + "), so anew");
      return null;
    }
    Object data = dataset.getData();
    if (data instanceof int[][] ints) {
      return ints;
    }
    if (data instanceof long[][] longs) {
      return Arrays.stream(longs)
          .map(row -> Arrays.stream(row).mapToInt(Math::toIntExact).toArray())
          .toArray(int[][]::new);
    }
    throw wrongType(dataset);
  }

  private Dataset dataset(String name) throws IOException {
    Node node = file.getChild(name);
    if (node == null) {
      return null;
    }
    if (!(node instanceof Dataset dataset) || dataset.getDimensions().length != 2) {
      throw new IOException(path + ": " + name + " must be a dataset of two dimensions");
    }
    return dataset;
  }

  private IOException wrongType(Dataset dataset) {
    return new IOException(
        path + ": " + dataset.getName() + " must hold numbers; holds " + dataset.getJavaType());
  }

  @Override
  public void close() {
    file.close();
  }

  private final class DatasetRows implements Rows {
    private final Dataset dataset;
    private final int count;
    private final int dimension;

    private DatasetRows(Dataset dataset) {
      this.dataset = dataset;
      this.count = dataset.getDimensions()[0];
      this.dimension = dataset.getDimensions()[1];
    }

    @Override
    public int count() {
      return count;
    }

    @Override
    public float[][] read(int from, int to) throws IOException {
      float[][] vectors = new float[to - from][];
      for (int start = from; start < to; start += STEP) {
        int size = Math.min(STEP, to - start);
        Object rows = dataset.getData(new long[] {start, 0}, new int[] {size, dimension});
        for (int i = 0; i < size; i++) {
          vectors[start - from + i] = floats(Array.get(rows, i));
        }
      }
      return vectors;
    }

    private float[] floats(Object row) throws IOException {
      if (row instanceof float[] floats) {
        return floats;
      }
      if (!row.getClass().componentType().isPrimitive()) {
        throw wrongType(dataset);
      }
      float[] floats = new float[dimension];
      for (int d = 0; d < dimension; d++) {
        floats[d] = ((Number) Array.get(row, d)).floatValue();
      }
      return floats;
    }
  }
}
