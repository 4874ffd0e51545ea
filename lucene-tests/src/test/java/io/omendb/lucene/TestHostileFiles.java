/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene;

import com.carrotsearch.randomizedtesting.annotations.TimeoutSuite;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.lucene.codecs.CodecUtil;
import org.apache.lucene.tests.util.TestUtil;

/**
 * Files of an enemy, with checksums that fit: see {@link HostileIndex} for what must hold. {@code
 * -Domendb.tests.stride=1} tries every bit and every length, {@code
 * -Domendb.tests.mutations=100000} as many random changes.
 */
@TimeoutSuite(millis = 7_200_000)
public class TestHostileFiles extends OmenTestCase {
  /** One in so many uses is a merge, which takes longer. */
  private static final int MERGES = 16;

  private HostileIndex index;
  private int uses;
  private int refused;

  @Override
  public void setUp() throws Exception {
    super.setUp();
    index = HostileIndex.load();
  }

  @Override
  public void tearDown() throws Exception {
    if (uses > 0) {
      System.out.println(getTestName() + ": " + uses + " uses, " + refused + " refused");
    }
    super.tearDown();
  }

  public void testWrite() throws IOException {
    String folder = System.getProperty("omendb.tests.golden.write");
    assumeTrue("only when asked to", folder != null);
    HostileIndex.write(Path.of(folder, "index.zip"), TestUtil.getDefaultCodec());
  }

  public void testUntouched() {
    assertEquals(HostileIndex.Outcome.USED, index.read(Map.of()));
    assertEquals(HostileIndex.Outcome.USED, index.merge(Map.of()));
    for (String name : index.ours()) {
      byte[] same = index.withPayload(name, index.payload(name));
      assertArrayEquals(name, index.content(name), same);
    }
  }

  /** What once broke it. */
  public void testKnown() throws IOException, URISyntaxException {
    Path folder = Path.of(TestHostileFiles.class.getResource("hostile").toURI());
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(f -> !f.toString().endsWith(".zip")).sorted().toList()) {
        try {
          HostileFuzzer.fuzzerTestOneInput(Files.readAllBytes(file));
        } catch (AssertionError e) {
          throw new AssertionError(file.toString(), e);
        }
      }
    }
  }

  public void testEveryBit() {
    int stride = Effort.of("stride", 499);
    for (String name : index.ours()) {
      byte[] content = index.content(name);
      int payload = content.length - CodecUtil.footerLength();
      for (int bit = start(stride); bit < content.length * 8; bit += stride) {
        byte[] flipped = content.clone();
        flipped[bit / 8] ^= (byte) (1 << bit % 8);
        use(name, flipped, name + " bit " + bit, true);
        if (bit / 8 < payload) {
          use(name, IndexFiles.sealed(flipped.clone()), name + " bit " + bit + " sealed", false);
        }
      }
    }
  }

  public void testEveryLength() {
    int stride = Effort.of("stride", 499);
    for (String name : index.ours()) {
      byte[] content = index.content(name);
      byte[] payload = index.payload(name);
      for (int length = start(stride); length < content.length; length += stride) {
        use(name, Arrays.copyOf(content, length), name + " cut to " + length, true);
        if (length < payload.length) {
          byte[] sealed = index.withPayload(name, Arrays.copyOf(payload, length));
          use(name, sealed, name + " payload cut to " + length, true);
        }
      }
    }
  }

  private static int start(int stride) {
    return random().nextInt(stride);
  }

  public void testRandomChanges() {
    int mutations = Effort.of("mutations", 500);
    for (int i = 0; i < mutations; i++) {
      long seed = random().nextLong();
      Random random = new Random(seed);
      Map<String, byte[]> replaced = new HashMap<>();
      List<String> names = index.ours();
      for (int files = random.nextInt(8) == 0 ? 2 : 1; files > 0; files--) {
        String name = names.get(random.nextInt(names.size()));
        byte[] payload = Mutations.mutate(index.payload(name), random);
        replaced.put(name, index.withPayload(name, payload));
      }
      use(replaced, "changes by seed " + seed, false);
    }
  }

  private void use(String name, byte[] content, String what, boolean noticed) {
    use(Map.of(name, content), what, noticed);
  }

  private void use(Map<String, byte[]> replaced, String what, boolean noticed) {
    try {
      boolean merge = uses++ % MERGES == 0;
      HostileIndex.Outcome outcome = merge ? index.merge(replaced) : index.read(replaced);
      refused += outcome == HostileIndex.Outcome.REFUSED ? 1 : 0;
      assertTrue("not noticed", !noticed || outcome == HostileIndex.Outcome.REFUSED);
    } catch (AssertionError e) {
      throw new AssertionError(what, e);
    }
  }
}
