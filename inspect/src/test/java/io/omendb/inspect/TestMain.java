/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.inspect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.omendb.lucene.OmenCodec;
import io.omendb.lucene.OmenVectorsOptions;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.lucene.codecs.Codec;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.KnnByteVectorField;
import org.apache.lucene.document.KnnFloatVectorField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.NoMergePolicy;
import org.apache.lucene.index.Term;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class TestMain {
  private static final int ROWS = 700;
  private static final int DIMENSION = 24;

  @TempDir Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... arguments) {
    CommandLine commandLine = Main.commandLine();
    commandLine.setOut(new PrintWriter(out));
    commandLine.setErr(new PrintWriter(err));
    return commandLine.execute(arguments);
  }

  /** Two segments: one with codes and a graph, one of a single document of another codec. */
  private void writeIndex() throws IOException {
    Random random = new Random(7);
    OmenVectorsOptions options =
        OmenVectorsOptions.DEFAULT.withCodesThreshold(100).withGraphThreshold(4);
    Codec ours = OmenCodec.over(Codec.getDefault(), options);
    write(ours, random, ROWS);
    write(Codec.getDefault(), random, 1);
  }

  private void write(Codec codec, Random random, int rows) throws IOException {
    IndexWriterConfig config =
        new IndexWriterConfig().setCodec(codec).setMergePolicy(NoMergePolicy.INSTANCE);
    config.setUseCompoundFile(false);
    try (Directory directory = FSDirectory.open(folder);
        IndexWriter writer = new IndexWriter(directory, config)) {
      for (int row = 0; row < rows; row++) {
        Document document = new Document();
        float[] vector = new float[DIMENSION];
        for (int d = 0; d < DIMENSION; d++) {
          vector[d] = (float) random.nextGaussian();
        }
        byte[] bytes = new byte[DIMENSION];
        random.nextBytes(bytes);
        document.add(new KnnFloatVectorField("floats", vector));
        document.add(new KnnByteVectorField("bytes", bytes));
        document.add(new StringField("id", Integer.toString(row), Field.Store.NO));
        writer.addDocument(document);
      }
      writer.commit();
      if (rows > 1) {
        writer.deleteDocuments(new Term("id", "3"));
      }
    }
  }

  /** A file of the first segment, in which both fields are in this format. */
  private Path file(String extension) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> found = files.filter(f -> f.endsWith("_0_OmenVectors_0." + extension)).toList();
      assertEquals(1, found.size(), "files ." + extension);
      return found.get(0);
    }
  }

  @Test
  void inspectForPeople() throws IOException {
    writeIndex();
    assertEquals(0, run("inspect", folder.toString()), err.toString());
    String text = out.toString();
    assertTrue(text.contains("segment _0: 700 documents, 1 deleted"), text);
    assertTrue(text.contains("field \"floats\": 24 dimensions, FLOAT32, EUCLIDEAN"), text);
    assertTrue(text.contains("format OmenVectors"), text);
    assertTrue(text.contains("11 blocks"), text);
    assertTrue(text.contains("11 of 11 nodes reachable"), text);
    assertTrue(text.contains("segment _1: 1 documents, 0 deleted"), text);
  }

  @Test
  void inspectInJson() throws IOException {
    writeIndex();
    assertEquals(
        0,
        run("inspect", folder.toString(), "--json", "--field=floats", "--recall=20", "--k=3"),
        err.toString());
    JsonNode answer = new ObjectMapper().readTree(out.toString());
    assertEquals(2, answer.get("segments").size());
    JsonNode segment = answer.get("segments").get(0);
    assertEquals("_0", segment.get("name").asText());
    assertEquals(Files.size(file("vpq")), segment.get("bytes").get("vpq").asLong());
    assertEquals(1, segment.get("fields").size());
    JsonNode stats = segment.get("fields").get(0).get("stats");
    assertEquals(ROWS, stats.get("vectors").asInt());
    assertEquals((long) ROWS * DIMENSION * Float.BYTES, stats.get("rawBytes").asLong());
    assertTrue(stats.get("codebook").get("error").asDouble() > 0);
    assertTrue(answer.get("segments").get(1).get("fields").get(0).get("stats").isNull());
    JsonNode recall = answer.get("recall").get(0);
    assertEquals("floats", recall.get("field").asText());
    assertEquals(20, recall.get("queries").asInt());
    assertTrue(recall.get("recall").asDouble() > 0.9, recall.toString());
  }

  @Test
  void indexWithoutSegments() throws IOException {
    writeIndex();
    try (Directory directory = FSDirectory.open(folder);
        IndexWriter writer = new IndexWriter(directory, new IndexWriterConfig())) {
      writer.deleteAll();
    }
    assertEquals(
        0, run("inspect", folder.toString(), "--recall=5", "--min-recall=1"), err.toString());
    assertTrue(out.toString().contains("no segments"), out.toString());
  }

  @Test
  void soundIndexVerifies() throws IOException {
    writeIndex();
    assertEquals(0, run("verify", folder.toString()), out + "" + err);
    assertTrue(out.toString().contains("no problems"), out.toString());
  }

  @Test
  void flippedBitIsFound() throws IOException {
    writeIndex();
    Path file = file("vex");
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 1;
    Files.write(file, bytes);
    assertEquals(Main.DAMAGED, run("verify", folder.toString()), err.toString());
    assertTrue(out.toString().contains("segment _0"), out.toString());
  }

  @Test
  void unreadableIndex() throws IOException {
    writeIndex();
    Files.delete(file("vem"));
    assertEquals(Main.UNREADABLE, run("inspect", folder.toString()));
    assertTrue(err.toString().contains(".vem"), err.toString());
  }

  @Test
  void wrongCommandLines() {
    assertEquals(2, run("inspect", folder.resolve("missing").toString()));
    assertTrue(err.toString().contains("no folder"), err.toString());
    assertEquals(2, run("inspect", folder.toString()));
    assertTrue(err.toString().contains("no Lucene index"), err.toString());
    assertEquals(2, run("inspect", folder.toString(), "--k=0"));
    assertTrue(err.toString().contains("--k must be at least 1 and is 0"), err.toString());
    assertEquals(2, run("inspect", folder.toString(), "--min-recall=2"));
    assertEquals(2, run("verify", folder.toString(), "--codes=-1"));
    assertEquals(2, run());
  }
}
