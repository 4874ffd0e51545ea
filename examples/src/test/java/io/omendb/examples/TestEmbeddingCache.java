/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.examples;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestEmbeddingCache {
  private static final int COUNT = 1_300; // three chunks, the last one short

  @TempDir private Path folder;
  private final List<String> texts =
      IntStream.range(0, COUNT).mapToObj(i -> "text " + i * 31).toList();

  /** Remembers how much it was asked for. */
  private static final class CountingEncoder implements SentenceEncoder {
    private final String model;
    private int encoded;

    CountingEncoder(String model) {
      this.model = model;
    }

    @Override
    public String model() {
      return model;
    }

    @Override
    public int dimension() {
      return 2;
    }

    @Override
    public float[][] encode(List<String> batch, IntConsumer progress) {
      encoded += batch.size();
      progress.accept(batch.size());
      return batch.stream()
          .map(text -> new float[] {text.length(), text.hashCode()})
          .toArray(float[][]::new);
    }
  }

  private Path file() {
    return folder.resolve("embeddings.bin");
  }

  /** Checks the vectors; the number of texts that had to be encoded for them. */
  private int encoded(String model, List<String> expected) throws IOException {
    CountingEncoder encoder = new CountingEncoder(model);
    int[] progress = {0};
    float[][] vectors =
        new EmbeddingCache(file(), encoder).embed(expected, done -> progress[0] += done);
    float[][] truth = new CountingEncoder(model).encode(expected, done -> {});
    assertArrayEquals(truth, vectors);
    assertEquals(expected.size(), progress[0]);
    return encoder.encoded;
  }

  @Test
  void secondRunEncodesNothing() throws IOException {
    assertEquals(COUNT, encoded("a", texts));
    assertEquals(0, encoded("a", texts));
  }

  @Test
  void otherModelOrTextsStartAnew() throws IOException {
    encoded("a", texts);
    assertEquals(COUNT, encoded("b", texts));
    assertEquals(COUNT - 1, encoded("b", texts.subList(1, COUNT)));
    assertEquals(COUNT - 2, encoded("b", texts.subList(1, COUNT - 1)));
  }

  @Test
  void continuesWhereTheFileIsCutOff() throws IOException {
    encoded("a", texts);
    try (RandomAccessFile cut = new RandomAccessFile(file().toFile(), "rw")) {
      cut.setLength(cut.length() - 1);
    }
    assertEquals(COUNT - 1024, encoded("a", texts));
    assertEquals(0, encoded("a", texts));
  }

  @Test
  void encodesDamagedChunksAgain() throws IOException {
    encoded("a", texts);
    byte[] bytes = Files.readAllBytes(file());
    bytes[bytes.length / 2] ^= 1;
    Files.write(file(), bytes);
    assertEquals(COUNT - 512, encoded("a", texts));
  }

  @Test
  void replacesAnotherFile() throws IOException {
    Files.write(file(), new byte[] {1, 2, 3});
    assertEquals(COUNT, encoded("a", texts));
  }
}
