/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.examples;

import static java.util.Locale.ROOT;
import static org.apache.lucene.index.VectorSimilarityFunction.EUCLIDEAN;

import io.omendb.lucene.OmenCodec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.lucene.codecs.Codec;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.KnnFloatVectorField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.KnnFloatVectorQuery;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;

/** How do I use it? One call, {@code setCodec}, in a program that is otherwise plain Lucene. */
public final class DropIn {
  private DropIn() {}

  /** Indexes a few vectors, searches and prints what was found. */
  public static void main(String[] args) throws IOException {
    List<float[]> vectors =
        List.of(new float[] {0, 0, 1}, new float[] {0, 1, 0}, new float[] {1, 0, 0}, new float[3]);
    TopDocs hits =
        indexAndSearch(Files.createTempDirectory("drop-in"), vectors, new float[] {0, .9f, .1f});
    for (ScoreDoc hit : hits.scoreDocs) {
      System.out.printf(ROOT, "document %d, score %.4f%n", hit.doc, hit.score);
    }
  }

  static TopDocs indexAndSearch(Path path, List<float[]> vectors, float[] query)
      throws IOException {
    // snippet:start
    IndexWriterConfig config = new IndexWriterConfig();
    config.setCodec(OmenCodec.over(Codec.getDefault())); // the one line that differs
    try (Directory directory = FSDirectory.open(path);
        IndexWriter writer = new IndexWriter(directory, config)) {
      for (float[] vector : vectors) {
        Document document = new Document();
        document.add(new KnnFloatVectorField("v", vector, EUCLIDEAN));
        writer.addDocument(document);
      }
      writer.commit();
      try (DirectoryReader reader = DirectoryReader.open(directory)) {
        return new IndexSearcher(reader).search(new KnnFloatVectorQuery("v", query, 10), 10);
      }
    }
    // snippet:end
  }
}
