/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene.simd;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TestKernelSelection {

  /** Fails when the build fell back to other kernels than its configuration asks for. */
  @Test
  void testExpectedKernelsArePicked() {
    String expected = System.getProperty("omendb.tests.kernels");
    assumeTrue(expected != null, "not run by the build");
    assertTrue(expected.equals("simd") || expected.equals("scalar"), expected);
    String name = Kernels.best().name();
    assertEquals(expected.equals("scalar"), name.equals("scalar"), name);
    assertEquals(expected.equals("simd"), name.startsWith("vector-"), name);
  }

  /** Prints the name of the kernels that this JVM gets. */
  static final class PrintName {
    private PrintName() {}

    public static void main(String[] args) throws IOException {
      try (PrintStream out =
          new PrintStream(new FileOutputStream(FileDescriptor.out), true, UTF_8)) {
        out.println(Kernels.best().name());
      }
    }
  }

  @Test
  void testNoSimdWithoutTheOptimizingCompiler() throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "--add-modules=jdk.incubator.vector",
                "-cp",
                System.getProperty("java.class.path"),
                PrintName.class.getName())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String name = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
    assertEquals("scalar", name);
  }

  @Test
  void testOneInstanceForTheJvm() {
    assertSame(Kernels.best(), Kernels.best());
  }

  @Test
  void testLanesArePermutationsOfTheBlocks() {
    int[] vectors = IntStream.range(0, Kernels.SCAN_SIZE).map(Kernels::vectorOf).toArray();
    assertEquals(0, vectors[0]);
    assertEquals(2, vectors[1]);
    assertEquals(1, vectors[Kernels.BLOCK_SIZE / 2]);
    assertEquals(Kernels.BLOCK_SIZE, vectors[Kernels.BLOCK_SIZE]);
    Arrays.sort(vectors, 0, Kernels.BLOCK_SIZE);
    Arrays.sort(vectors, Kernels.BLOCK_SIZE, Kernels.SCAN_SIZE);
    assertEquals(
        IntStream.range(0, Kernels.SCAN_SIZE).boxed().toList(),
        Arrays.stream(vectors).boxed().toList());
  }
}
