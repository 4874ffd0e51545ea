/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.benchmarks;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import io.omendb.lucene.quantize.Parallel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class TestDataOptions {
  private static final int DIMENSION = 6;

  @TempDir Path folder;

  private final GeneratedSet generated = new GeneratedSet(200, 7, DIMENSION, 5);

  private static VectorSet read(Path path, String... options) throws IOException {
    DataOptions data = CommandLine.populateCommand(new DataOptions(), options);
    return data.read(path, Parallel.SEQUENTIAL);
  }

  private void assertNearest(VectorSet set) {
    for (int q = 0; q < set.queries().length; q++) {
      int[] expected = generated.nearest(generated.queries[q]).toArray();
      assertArrayEquals(expected, Arrays.copyOf(set.truth()[q], GeneratedSet.TRUTH));
    }
  }

  private Path writeHdf5(String distance, float[][] train, Object neighbors) {
    Path path = folder.resolve("set.hdf5");
    try (WritableHdfFile file = HdfFile.write(path)) {
      file.putDataset("train", train);
      file.putDataset("test", generated.queries);
      file.putDataset("neighbors", neighbors);
      file.putAttribute("distance", distance);
    }
    return path;
  }

  private int[][] neighbors() {
    return Arrays.stream(generated.queries)
        .map(query -> generated.nearest(query).toArray())
        .toArray(int[][]::new);
  }

  @Test
  void testReadsHdf5() throws IOException {
    VectorSet set = read(writeHdf5("angular", generated.base, neighbors()));
    assertEquals("set.hdf5", set.name());
    assertTrue(Arrays.deepEquals(generated.base, set.base()));
    assertTrue(Arrays.deepEquals(generated.queries, set.queries()));
    assertTrue(Arrays.deepEquals(neighbors(), set.truth()));
  }

  @Test
  void testDistrustsNeighboursOfAnotherDistance() throws IOException {
    VectorSet set = read(writeHdf5("euclidean", generated.base, new int[7][3]));
    assertEquals(100, set.truth()[0].length);
    assertNearest(set);
  }

  @Test
  void testFindsNeighboursOfPrefix() throws IOException {
    Path path = writeHdf5("angular", generated.base, neighbors());
    VectorSet set = read(path, "--first=50");
    assertEquals(50, set.base().length);
    assertEquals(50, set.truth()[0].length);
    Path data = generated.write(folder.resolve("data")).resolve(GeneratedSet.NAME);
    VectorSet ofFolder = read(data, "--first=50");
    assertEquals(50, ofFolder.base().length);
    assertEquals(50, ofFolder.baseColumns().get("id").length);
    assertTrue(Arrays.deepEquals(set.truth(), ofFolder.truth()));
  }

  @Test
  void testRefusesBadHdf5() throws IOException {
    Path path = writeHdf5("jaccard", generated.base, neighbors());
    assertMessage("distance must be angular, euclidean or dot; is jaccard", path);
    int[][] neighbors = neighbors();
    neighbors[3][2] = 200;
    path = writeHdf5("angular", generated.base, neighbors);
    assertMessage("neighbor of query 3 must be in [0, 200); is 200", path);
    path = writeHdf5("angular", generated.base, new int[6][4]);
    assertMessage("neighbors of 6 queries, but 7 in test", path);
    path = writeHdf5("angular", new float[20][DIMENSION + 1], new int[7][4]);
    assertMessage("queries: dimension must be 7; is 6", path);
    Files.write(path, new byte[100]);
    assertMessage("not a file of HDF5", path);
  }

  @Test
  void testReadsFvecsWithQueriesBeside() throws IOException {
    Path path = write("x_base.fvecs", generated.base, VectorFile.Kind.FVECS);
    write("x_query.fvecs", generated.queries, VectorFile.Kind.FVECS);
    VectorSet set = read(path);
    assertTrue(Arrays.deepEquals(generated.base, set.base()));
    assertTrue(Arrays.deepEquals(generated.queries, set.queries()));
    assertNearest(set);
  }

  @Test
  void testHoldsOutLastRows() throws IOException {
    Path path = write("x.f32", generated.base, VectorFile.Kind.F32);
    VectorSet set = read(path, "--dimension=" + DIMENSION, "--hold-out=30");
    assertTrue(Arrays.deepEquals(Arrays.copyOf(generated.base, 170), set.base()));
    assertTrue(Arrays.deepEquals(Arrays.copyOfRange(generated.base, 170, 200), set.queries()));
    assertMessage("has 200 vectors, of which --hold-out takes 1000", path, "--dimension=6");
  }

  @Test
  void testReadsIntegers() throws IOException {
    float[][] values = {{0, 1, 255}, {128, 7, 9}, {1, 2, 3}};
    for (VectorFile.Kind kind :
        new VectorFile.Kind[] {VectorFile.Kind.BVECS, VectorFile.Kind.IVECS}) {
      VectorSet set =
          read(write("x." + kind.name().toLowerCase(Locale.ROOT), values, kind), "--hold-out=1");
      assertTrue(Arrays.deepEquals(Arrays.copyOf(values, 2), set.base()));
      assertArrayEquals(values[2], set.queries()[0]);
    }
  }

  @Test
  void testRefusesBadFiles() throws IOException {
    Path path = write("x.f32", generated.base, VectorFile.Kind.F32);
    assertMessage("dimension must be in [1, 4096]; is 0, to be given by --dimension", path);
    assertMessage(
        "length must be a number of rows of 28 bytes (dimension 7); is 4800",
        path,
        "--dimension=7");
    path = write("x.fvecs", new float[][] {{1, 2}, {3, 4, 5, 6, 7}}, VectorFile.Kind.FVECS);
    assertMessage("row 1 has dimension 5, those before 2", path, "--hold-out=1");
    generated.base[4][2] = Float.NaN;
    path = write("x.fvecs", generated.base, VectorFile.Kind.FVECS);
    assertMessage("component 2 of row 4 must be finite; is NaN", path, "--hold-out=1");
    path = Files.write(folder.resolve("x.npy"), new byte[4]);
    assertMessage("must be a folder or end in .hdf5", path);
  }

  private static void assertMessage(String expected, Path path, String... options) {
    IOException e = assertThrows(IOException.class, () -> read(path, options));
    assertTrue(e.getMessage().contains(expected), e.getMessage());
    assertTrue(e.getMessage().contains(path.toString()), e.getMessage());
  }

  private Path write(String name, float[][] vectors, VectorFile.Kind kind) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(1 << 16).order(ByteOrder.LITTLE_ENDIAN);
    for (float[] vector : vectors) {
      if (kind != VectorFile.Kind.F32) {
        bytes.putInt(vector.length);
      }
      for (float value : vector) {
        switch (kind) {
          case BVECS -> bytes.put((byte) (int) value);
          case IVECS -> bytes.putInt((int) value);
          case FVECS, F32 -> bytes.putFloat(value);
        }
      }
    }
    return Files.write(folder.resolve(name), Arrays.copyOf(bytes.array(), bytes.position()));
  }
}
