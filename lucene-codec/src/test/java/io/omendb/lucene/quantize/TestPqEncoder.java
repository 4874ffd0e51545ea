/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene.quantize;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.omendb.lucene.simd.Kernels;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TestPqEncoder {

  /** Squared distances of a rotated vector to the centroids of a subspace. */
  private static double[] distances(Codebook codebook, float[] rotated, int subspace) {
    double[] distances = new double[Kernels.CENTROIDS];
    int first = codebook.offset(subspace);
    for (int axis = first; axis < first + codebook.width(subspace); axis++) {
      for (int c = 0; c < Kernels.CENTROIDS; c++) {
        double difference = (double) rotated[axis] - codebook.centroids().value(axis, c);
        distances[c] += difference * difference;
      }
    }
    return distances;
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 33, 100})
  void testCodesNameTheNearestCentroids(int dimension) throws IOException {
    ArrayVectors vectors = ArrayVectors.gaussian(400, dimension, dimension);
    Codebook codebook = vectors.train();
    PqEncoder encoder = new PqEncoder(Kernels.best(), codebook);
    CodeBuffer codes = new CodeBuffer(400, codebook.subspaces());
    encoder.encode(vectors, vectors.ords(), 0, 400, codes::set);
    double error = 0;
    for (int ord = 0; ord < 400; ord++) {
      float[] vector = new float[dimension];
      vectors.read(ord, vector, 0);
      float[] rotated = new float[codebook.axes()];
      codebook.centre(vector, 1);
      codebook.rotate(Kernels.best(), vector, rotated);
      for (int s = 0; s < codebook.subspaces(); s++) {
        double[] distances = distances(codebook, rotated, s);
        double chosen = distances[codes.page(ord)[codes.offset(ord) + s] & 0xFF];
        for (double distance : distances) {
          assertTrue(chosen <= distance + 1e-4, "vector " + ord + ", subspace " + s);
        }
        error += chosen;
      }
    }
    assertEquals(error, encoder.squaredError(), 1e-3 * error + 1e-3);
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 33, 100})
  void testCodesAmongChosenCentroids(int dimension) throws IOException {
    ArrayVectors vectors = ArrayVectors.gaussian(400, dimension, dimension);
    Codebook codebook = vectors.train();
    int count = 64;
    byte[] chosen = new byte[codebook.subspaces() * count];
    for (int i = 0; i < chosen.length; i++) {
      // Some of each subspace, others in the next one, from both halves of the numbers.
      chosen[i] = (byte) (i % count * 4 + i / count % 4);
    }
    PqEncoder encoder = new PqEncoder(Kernels.best(), codebook, chosen);
    float[] rotated = new float[PqEncoder.BATCH * codebook.axes()];
    System.arraycopy(
        ArrayVectors.gaussian(PqEncoder.BATCH, codebook.axes(), 9).rows(),
        0,
        rotated,
        0,
        rotated.length);
    byte[] codes = encoder.encodeRotated(rotated, PqEncoder.BATCH);
    for (int row = 0; row < PqEncoder.BATCH; row++) {
      int at = row * codebook.axes();
      float[] vector = Arrays.copyOfRange(rotated, at, at + codebook.axes());
      for (int s = 0; s < codebook.subspaces(); s++) {
        double[] distances = distances(codebook, vector, s);
        int place = codes[row * codebook.subspaces() + s];
        double found = distances[chosen[s * count + place] & 0xFF];
        for (int i = 0; i < count; i++) {
          double distance = distances[chosen[s * count + i] & 0xFF];
          assertTrue(found <= distance + 1e-4, "row " + row + ", subspace " + s);
        }
      }
    }
  }

  /** The error also counts what lies along dropped axes. */
  @Test
  void testErrorIncludesDroppedAxes() throws IOException {
    int dimension = 6;
    int axes = 4;
    float[] rotation = new float[dimension * axes];
    for (int axis = 0; axis < axes; axis++) {
      rotation[(axis + 1) * axes + axis] = 1;
    }
    Codebook codebook =
        Codebooks.of(
            new float[] {1, 2, 3, 4, 5, 6},
            rotation,
            new int[] {0, 1, 4},
            ArrayVectors.gaussian(axes, Kernels.CENTROIDS, 1).rows());
    ArrayVectors vectors = ArrayVectors.gaussian(400, dimension, 2);
    PqEncoder encoder = new PqEncoder(Kernels.best(), codebook);
    CodeBuffer codes = new CodeBuffer(400, codebook.subspaces());
    encoder.encode(vectors, vectors.ords(), 0, 400, codes::set);
    double error = 0;
    float[] matrix = codebook.rotation().matrix();
    Decoder decoder = new Decoder(codebook);
    float[] decoded = new float[codebook.axes()];
    for (int ord = 0; ord < 400; ord++) {
      decoder.decode(codes.page(ord), codes.offset(ord), decoded, 0);
      for (int d = 0; d < dimension; d++) {
        double back = codebook.mean()[d];
        for (int axis = 0; axis < codebook.axes(); axis++) {
          back += matrix[d * codebook.axes() + axis] * decoded[axis];
        }
        double difference = vectors.rows()[ord * dimension + d] - back;
        error += difference * difference;
      }
    }
    assertEquals(error, encoder.squaredError(), 1e-3 * error);
  }

  /** Codes do not depend on the batch that a vector falls into, and come in the order asked. */
  @Test
  void testAnyRangeOfOrdinals() throws IOException {
    ArrayVectors vectors = ArrayVectors.gaussian(300, 20, 2);
    Codebook codebook = vectors.train();
    CodeBuffer all = vectors.encode(codebook);
    int[] ords = new int[100];
    for (int i = 0; i < ords.length; i++) {
      ords[i] = (i * 37 + 11) % 300;
    }
    for (int size : new int[] {0, 1, PqEncoder.BATCH - 1, PqEncoder.BATCH, 65, 90}) {
      List<Integer> seen = new ArrayList<>();
      List<Integer> expected = new ArrayList<>();
      for (int i = 10; i < 10 + size; i++) {
        expected.add(ords[i]);
      }
      new PqEncoder(Kernels.best(), codebook)
          .encode(
              vectors,
              ords,
              10,
              10 + size,
              (ord, code, offset) -> {
                seen.add(ord);
                for (int s = 0; s < codebook.subspaces(); s++) {
                  assertEquals(all.page(ord)[all.offset(ord) + s], code[offset + s]);
                }
              });
      assertEquals(expected, seen);
    }
  }

  @Test
  void testVectorsOfTheSourceStayAsTheyAre() throws IOException {
    ArrayVectors vectors = ArrayVectors.gaussian(100, 10, 3);
    float[] before = vectors.rows().clone();
    vectors.encode(vectors.train());
    assertArrayEquals(before, vectors.rows());
  }
}
