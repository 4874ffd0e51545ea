/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.benchmarks;

import io.omendb.lucene.OmenCodec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.lucene.codecs.Codec;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.IntField;
import org.apache.lucene.document.KeywordField;
import org.apache.lucene.document.KnnFloatVectorField;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;

/**
 * An index of a vector set as a user would write it: plain Lucene but for the codec, and default
 * options. It has an id, the vector, metadata columns, and each row's place in a random order, by
 * which rows can be drawn.
 */
final class VectorIndex {
  static final String VECTOR = "v";
  static final String ID = "id";
  static final String RANDOM = "random";

  private static final long SEED = 5;

  private final Path path;
  private final VectorSet set;
  private final List<String> columns;
  private final int[] places;

  VectorIndex(Path path, VectorSet set, List<String> columns) {
    this.path = path;
    this.set = set;
    this.columns = columns;
    this.places = shuffled(set.base().length, new SplittableRandom(SEED));
  }

  /** Place of each row in the random order. */
  int[] places() {
    return places;
  }

  Directory directory() throws IOException {
    return FSDirectory.open(path);
  }

  /** Adds all vectors, in so many commits, and leaves the segments that the writer leaves. */
  void write(int commits) throws IOException {
    int rows = set.base().length;
    Progress progress = new Progress("index, " + commits + " commits", rows);
    try (Directory directory = directory();
        IndexWriter writer = new IndexWriter(directory, config())) {
      int row = 0;
      for (int commit = 1; commit <= commits; commit++) {
        for (; row < (long) rows * commit / commits; row++) {
          writer.addDocument(document(row));
          progress.step(1);
        }
        writer.commit();
      }
    }
    progress.done();
  }

  /** Merges all into one segment. */
  void merge() throws IOException {
    Progress progress = new Progress("merge", set.base().length);
    try (Directory directory = directory();
        IndexWriter writer = new IndexWriter(directory, config())) {
      writer.forceMerge(1);
    }
    progress.step(set.base().length);
    progress.done();
  }

  /** Replaces a share of the documents by themselves, another one in each round. */
  void update(int rounds, double share) throws IOException {
    int rows = set.base().length;
    int each = Math.max(1, (int) (rows * share));
    SplittableRandom random = new SplittableRandom(SEED + 1);
    Progress progress = new Progress("update", (long) rounds * each);
    try (Directory directory = directory();
        IndexWriter writer = new IndexWriter(directory, config())) {
      for (int round = 0; round < rounds; round++) {
        int[] order = shuffled(rows, random);
        for (int i = 0; i < each; i++) {
          writer.updateDocument(new Term(ID, String.valueOf(order[i])), document(order[i]));
          progress.step(1);
        }
        writer.commit();
      }
    }
    progress.done();
  }

  private static IndexWriterConfig config() {
    return new IndexWriterConfig().setCodec(OmenCodec.over(Codec.getDefault()));
  }

  private Document document(int row) {
    Document document = new Document();
    document.add(new StringField(ID, String.valueOf(row), Field.Store.NO));
    document.add(new NumericDocValuesField(ID, row));
    document.add(new IntField(RANDOM, places[row], Field.Store.NO));
    for (String column : columns) {
      String value = set.baseColumns().get(column)[row];
      document.add(new KeywordField(column, value, Field.Store.NO));
    }
    document.add(new KnnFloatVectorField(VECTOR, set.base()[row], VectorSimilarityFunction.COSINE));
    return document;
  }

  private static int[] shuffled(int count, SplittableRandom random) {
    int[] order = new int[count];
    for (int i = 0; i < count; i++) {
      int j = random.nextInt(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }
}
