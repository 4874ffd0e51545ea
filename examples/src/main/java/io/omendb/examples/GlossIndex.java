/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.examples;

import static java.util.Locale.ROOT;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.lucene.codecs.Codec;
import org.apache.lucene.codecs.KnnVectorsFormat;
import org.apache.lucene.codecs.perfield.PerFieldKnnVectorsFormat;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field.Store;
import org.apache.lucene.document.KeywordField;
import org.apache.lucene.document.KnnFloatVectorField;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.IndexWriterConfig.OpenMode;
import org.apache.lucene.index.StoredFields;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.KnnFloatVectorQuery;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.util.Version;

/** A Lucene index of glosses on disk, searched in one thread. */
final class GlossIndex implements Closeable {
  static final String VECTOR = "v";

  private final Directory directory;
  private final DirectoryReader reader;
  private final IndexSearcher searcher;
  private final boolean reused;

  private GlossIndex(Directory directory, DirectoryReader reader, boolean reused) {
    this.directory = directory;
    this.reused = reused;
    this.reader = reader;
    this.searcher = new IndexSearcher(reader);
  }

  /**
   * Opens the index in a folder, which is written first unless it holds these very glosses in this
   * format.
   *
   * @param reindex write it in any case
   */
  static GlossIndex open(
      Path folder, Codec codec, List<Gloss> glosses, float[][] vectors, boolean reindex)
      throws IOException {
    Directory directory = FSDirectory.open(Files.createDirectories(folder));
    String contents = contents(codec, glosses);
    boolean reused = !reindex && holds(directory, contents);
    if (!reused) {
      write(directory, codec, glosses, vectors, contents);
    }
    return new GlossIndex(directory, DirectoryReader.open(directory), reused);
  }

  private static String contents(Codec codec, List<Gloss> glosses) {
    List<String> texts = glosses.stream().map(Gloss::text).toList();
    KnnVectorsFormat format =
        ((PerFieldKnnVectorsFormat) codec.knnVectorsFormat()).getKnnVectorsFormatForField(VECTOR);
    return String.format(
        ROOT,
        "%d glosses, checksum %x, Lucene %s, %s",
        texts.size(),
        EmbeddingCache.checksum(texts),
        Version.LATEST,
        format);
  }

  private static boolean holds(Directory directory, String contents) {
    try (DirectoryReader reader = DirectoryReader.open(directory)) {
      return contents.equals(reader.getIndexCommit().getUserData().get("contents"));
    } catch (IOException | IllegalArgumentException unreadable) {
      return false;
    }
  }

  private static void write(
      Directory directory, Codec codec, List<Gloss> glosses, float[][] vectors, String contents)
      throws IOException {
    long start = System.nanoTime();
    IndexWriterConfig config =
        new IndexWriterConfig()
            .setCodec(codec)
            .setOpenMode(OpenMode.CREATE)
            .setUseCompoundFile(false); // one file for each part, to count their bytes
    config.getMergePolicy().setNoCFSRatio(0);
    try (IndexWriter writer = new IndexWriter(directory, config)) {
      for (int row = 0; row < vectors.length; row++) {
        writer.addDocument(document(glosses.get(row), row, vectors[row]));
      }
      writer.forceMerge(1);
      double seconds = (System.nanoTime() - start) / 1e9;
      writer.setLiveCommitData(
          Map.of("contents", contents, "seconds", String.valueOf(seconds)).entrySet());
      writer.commit();
    }
  }

  private static Document document(Gloss gloss, int row, float[] vector) {
    Document document = new Document();
    document.add(new KnnFloatVectorField(VECTOR, vector, VectorSimilarityFunction.DOT_PRODUCT));
    document.add(new KeywordField("pos", gloss.pos(), Store.YES));
    document.add(new KeywordField("topic", gloss.topic(), Store.YES));
    document.add(new StoredField("text", gloss.text()));
    document.add(new StoredField("row", row));
    return document;
  }

  TopDocs search(float[] query, int k, MetadataFilter filter) throws IOException {
    return searcher.search(new KnnFloatVectorQuery(VECTOR, query, k, filter.query()), k);
  }

  StoredFields storedFields() throws IOException {
    return searcher.storedFields();
  }

  DirectoryReader reader() {
    return reader;
  }

  /** Whether an earlier run wrote it. */
  boolean isReused() {
    return reused;
  }

  /** How long adding, committing and merging to one segment took. */
  double secondsToIndex() throws IOException {
    return Double.parseDouble(reader.getIndexCommit().getUserData().get("seconds"));
  }

  @Override
  public void close() throws IOException {
    reader.close();
    directory.close();
  }
}
