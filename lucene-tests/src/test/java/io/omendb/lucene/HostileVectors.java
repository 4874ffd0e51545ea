/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene;

import java.util.Arrays;
import java.util.Random;

/**
 * Sets of vectors that quantizers, partitions and graphs are said to fail on, and queries of the
 * same kind. Each comes in the order in which it is to be indexed.
 *
 * @param base layout [row][dimension]
 * @param queries layout [query][dimension]
 */
record HostileVectors(float[][] base, float[][] queries) {
  static final int QUERIES = 100;

  private static final int DIMENSION = 64;
  private static final int CLUSTERS = 50;

  /** One vector, by its number among base and queries together. */
  private interface Row {
    float[] of(int row);
  }

  private static HostileVectors of(int count, Row row) {
    float[][] rows = new float[count + QUERIES][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = row.of(i);
    }
    return new HostileVectors(
        Arrays.copyOf(rows, count), Arrays.copyOfRange(rows, count, rows.length));
  }

  /** Every vector is the same, and so is every query. */
  static HostileVectors allEqual(Random random, int count) {
    float[] only = gaussian(random, DIMENSION);
    return of(count, row -> only);
  }

  /** Groups of so many equal vectors, each group somewhere among the others; other queries. */
  static HostileVectors duplicates(Random random, int count, int copies) {
    Embeddings embeddings = new Embeddings(random, DIMENSION);
    float[][] distinct = rows(Math.max(2, count / copies), row -> embeddings.next());
    return of(
        count, row -> row < count ? distinct[random.nextInt(distinct.length)] : embeddings.next());
  }

  /** Half of the vectors in such groups, half alone. */
  static HostileVectors duplicatesAmongOthers(Random random, int count, int copies) {
    Embeddings embeddings = new Embeddings(random, DIMENSION);
    float[][] distinct = rows(Math.max(2, count / 2 / copies), row -> embeddings.next());
    return of(
        count,
        row ->
            row < count && row % 2 == 0
                ? distinct[random.nextInt(distinct.length)]
                : embeddings.next());
  }

  /** One cluster, a hundred times as far from the origin as it is wide. */
  static HostileVectors oneCluster(Random random, int count) {
    float[] centre = gaussian(random, DIMENSION);
    return of(count, row -> near(random, centre, 0.01));
  }

  /** Clusters a hundred times as far from each other as they are wide. */
  static HostileVectors farClusters(Random random, int count) {
    float[][] centres = rows(20, row -> gaussian(random, DIMENSION));
    return of(count, row -> near(random, centres[random.nextInt(centres.length)], 0.01));
  }

  /** Components of no finite mean, each on its own. */
  static HostileVectors cauchy(Random random, int count) {
    return of(
        count,
        row -> {
          float[] vector = new float[DIMENSION];
          for (int d = 0; d < vector.length; d++) {
            vector[d] = (float) Math.tan(Math.PI * (random.nextDouble() - 0.5));
          }
          return vector;
        });
  }

  /** Lengths of infinite variance (Pareto's, exponent 1.5), directions of embeddings. */
  static HostileVectors heavyLengths(Random random, int count) {
    Embeddings embeddings = new Embeddings(random, DIMENSION);
    return of(count, row -> scaled(embeddings.next(), Math.pow(1 - random.nextDouble(), -1 / 1.5)));
  }

  /** Lengths of twelve orders of magnitude, equally many of each. */
  static HostileVectors lengthsOfAllSizes(Random random, int count) {
    Embeddings embeddings = new Embeddings(random, DIMENSION);
    return of(count, row -> scaled(embeddings.next(), Math.pow(10, 12 * random.nextDouble() - 6)));
  }

  /** Embeddings times a factor. */
  static HostileVectors scaled(Random random, int count, double factor) {
    Embeddings embeddings = new Embeddings(random, DIMENSION);
    return of(count, row -> scaled(embeddings.next(), factor));
  }

  /** Embeddings of which every other component is denormal. */
  static HostileVectors halfDenormal(Random random, int count) {
    Embeddings embeddings = new Embeddings(random, DIMENSION);
    return of(
        count,
        row -> {
          float[] vector = embeddings.next();
          for (int d = 1; d < vector.length; d += 2) {
            vector[d] *= 1e-40f;
          }
          return vector;
        });
  }

  /** One component a million times as wide as each of the others. */
  static HostileVectors oneComponent(Random random, int count) {
    return of(
        count,
        row -> {
          float[] vector = gaussian(random, DIMENSION);
          vector[17] *= 1e6f;
          return vector;
        });
  }

  /** Eight distributions one after the other: other places, widths and strong components. */
  static HostileVectors drift(Random random, int count) {
    int parts = 8;
    Embeddings[] embeddings = new Embeddings[parts];
    float[][] places = new float[parts][];
    for (int part = 0; part < parts; part++) {
      embeddings[part] = new Embeddings(random, DIMENSION);
      places[part] = gaussian(random, DIMENSION);
    }
    return of(
        count,
        row -> {
          int part = row < count ? (int) ((long) row * parts / count) : random.nextInt(parts);
          float[] vector = scaled(embeddings[part].next(), Math.pow(2, part % 3 - 1));
          float[] moved = new float[DIMENSION];
          for (int d = 0; d < DIMENSION; d++) {
            moved[(d * (2 * part + 1) + part) % DIMENSION] = vector[d] + places[part][d];
          }
          return moved;
        });
  }

  /** Eight clusters, each twice as wide as the one before, all mixed. */
  static HostileVectors widths(Random random, int count) {
    float[][] centres = rows(8, row -> scaled(gaussian(random, DIMENSION), 4));
    return of(
        count,
        row -> {
          int cluster = random.nextInt(centres.length);
          return near(random, centres[cluster], Math.pow(2, cluster - 7));
        });
  }

  /** Mostly zeros, and a few small whole numbers, as in counts of words. */
  static HostileVectors sparse(Random random, int count) {
    return of(
        count,
        row -> {
          float[] vector = new float[DIMENSION];
          for (int i = 0; i < 5; i++) {
            double uniform = random.nextDouble();
            vector[(int) (DIMENSION * uniform * uniform)] += 1;
          }
          return vector;
        });
  }

  /** Embeddings of any dimension. */
  static HostileVectors ofDimension(Random random, int count, int dimension) {
    Embeddings embeddings = new Embeddings(random, dimension);
    return of(count, row -> embeddings.next());
  }

  private static float[][] rows(int count, Row row) {
    float[][] rows = new float[count][];
    for (int i = 0; i < count; i++) {
      rows[i] = row.of(i);
    }
    return rows;
  }

  private static float[] gaussian(Random random, int dimension) {
    float[] vector = new float[dimension];
    for (int d = 0; d < dimension; d++) {
      vector[d] = (float) random.nextGaussian();
    }
    return vector;
  }

  private static float[] near(Random random, float[] centre, double width) {
    float[] vector = centre.clone();
    for (int d = 0; d < vector.length; d++) {
      vector[d] += (float) (width * random.nextGaussian());
    }
    return vector;
  }

  private static float[] scaled(float[] vector, double factor) {
    for (int d = 0; d < vector.length; d++) {
      vector[d] = (float) (vector[d] * factor);
    }
    return vector;
  }

  /** What is usual: overlapping clusters, strong and weak components. */
  private static final class Embeddings {
    private final Random random;
    private final float[][] centres;

    Embeddings(Random random, int dimension) {
      this.random = random;
      this.centres = rows(CLUSTERS, row -> decaying(gaussian(random, dimension)));
    }

    float[] next() {
      float[] centre = centres[random.nextInt(CLUSTERS)];
      float[] vector = decaying(gaussian(random, centre.length));
      for (int d = 0; d < vector.length; d++) {
        vector[d] += centre[d];
      }
      return vector;
    }

    private static float[] decaying(float[] vector) {
      for (int d = 0; d < vector.length; d++) {
        vector[d] /= (float) Math.sqrt(1 + d);
      }
      return vector;
    }
  }
}
