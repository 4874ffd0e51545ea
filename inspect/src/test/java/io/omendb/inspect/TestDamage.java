/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.inspect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.omendb.lucene.OmenCodec;
import io.omendb.lucene.OmenVectorsOptions;
import io.omendb.lucene.store.LinkDamage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.zip.CRC32;
import org.apache.lucene.codecs.Codec;
import org.apache.lucene.codecs.CodecUtil;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.KnnFloatVectorField;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** Damage under checksums that fit, from the files to the exit code. */
class TestDamage {
  private static final int ROWS = 1500;
  private static final int BLOCKS = (ROWS + 63) / 64;
  private static final String SUFFIX = "OmenVectors_0";

  @TempDir Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... arguments) {
    CommandLine commandLine = Main.commandLine();
    commandLine.setOut(new PrintWriter(out));
    commandLine.setErr(new PrintWriter(err));
    return commandLine.execute(arguments);
  }

  /** One segment of one field with a graph of few links. */
  private void writeIndex(int dimension) throws IOException {
    Random random = new Random(7);
    OmenVectorsOptions options =
        OmenVectorsOptions.DEFAULT.withCodesThreshold(100).withGraphThreshold(4).withMaxConn(2);
    IndexWriterConfig config =
        new IndexWriterConfig().setCodec(OmenCodec.over(Codec.getDefault(), options));
    config.setUseCompoundFile(false);
    try (Directory directory = FSDirectory.open(folder);
        IndexWriter writer = new IndexWriter(directory, config)) {
      for (int row = 0; row < ROWS; row++) {
        float[] vector = new float[dimension];
        for (int d = 0; d < dimension; d++) {
          vector[d] = (float) random.nextGaussian();
        }
        Document document = new Document();
        document.add(new KnnFloatVectorField("floats", vector));
        writer.addDocument(document);
      }
    }
  }

  private interface Damage {
    void to(byte[] file) throws IOException;
  }

  /** Changes a file and puts the right checksum under it. */
  private void damage(String extension, Damage damage) throws IOException {
    Path file = folder.resolve("_0_" + SUFFIX + "." + extension);
    byte[] bytes = Files.readAllBytes(file);
    damage.to(bytes);
    CRC32 checksum = new CRC32();
    checksum.update(bytes, 0, bytes.length - Long.BYTES);
    ByteBuffer.wrap(bytes).putLong(bytes.length - Long.BYTES, checksum.getValue());
    Files.write(file, bytes);
  }

  /** Names another centroid in each byte of all codes. */
  private static void changeCodes(byte[] vpq, int dimension) {
    int end = vpq.length - CodecUtil.footerLength();
    for (int i = end - BLOCKS * 64 * Math.min(32, dimension); i < end; i++) {
      vpq[i] ^= 0x55;
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 24, 60})
  void testWrongCodes(int dimension) throws IOException {
    writeIndex(dimension);
    assertEquals(0, run("verify", folder.toString()), out + "" + err);
    damage("vpq", vpq -> changeCodes(vpq, dimension));
    out.getBuffer().setLength(0);
    assertEquals(Main.DAMAGED, run("verify", folder.toString(), "--json"), err.toString());
    JsonNode answer = new ObjectMapper().readTree(out.toString());
    assertFalse(answer.get("sound").asBoolean());
    assertEquals(wrongCodes(ROWS), answer.get("problems").get(0).asText());
  }

  @Test
  void testOneWrongByte() throws IOException {
    writeIndex(24);
    damage("vpq", vpq -> vpq[vpq.length - CodecUtil.footerLength() - BLOCKS * 64 * 24] ^= 0x55);
    assertEquals(Main.DAMAGED, run("verify", folder.toString()), err.toString());
    assertTrue(out.toString().contains(wrongCodes(1)), out.toString());
  }

  private static String wrongCodes(int count) {
    return "segment _0, field \"floats\": "
        + count
        + " of "
        + ROWS
        + " codes are not those of their vectors";
  }

  @Test
  void testUnreachableBlock() throws IOException {
    writeIndex(24);
    assertEquals(0, run("verify", folder.toString()), out + "" + err);
    damage("vex", vex -> LinkDamage.isolateBlock(vex, SUFFIX, ROWS, 24));
    assertEquals(Main.DAMAGED, run("verify", folder.toString()), err.toString());
    String problem =
        "segment _0, field \"floats\": links lead to " + (BLOCKS - 1) + " of " + BLOCKS + " blocks";
    assertTrue(out.toString().contains(problem), out.toString());
  }

  @Test
  void testLowRecall() throws IOException {
    writeIndex(24);
    String[] arguments = {"inspect", folder.toString(), "--recall=50", "--min-recall=0.9"};
    assertEquals(0, run(arguments), out.toString());
    assertEquals(0, run("inspect", folder.toString()), out.toString());
    damage("vpq", vpq -> changeCodes(vpq, 24));
    assertEquals(Main.DAMAGED, run(arguments), out.toString());
    assertEquals(0, run("inspect", folder.toString(), "--recall=50"), out.toString());
  }
}
