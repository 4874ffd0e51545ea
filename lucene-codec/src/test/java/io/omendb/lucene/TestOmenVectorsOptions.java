/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TestOmenVectorsOptions {
  private static final OmenVectorsOptions DEFAULT = OmenVectorsOptions.DEFAULT;

  private static OmenVectorsOptions with(String option, float value) {
    int whole = (int) value;
    return switch (option) {
      case "maxConn" -> DEFAULT.withMaxConn(whole);
      case "beamWidth" -> DEFAULT.withBeamWidth(whole);
      case "searchDepth" -> DEFAULT.withSearchDepth(value);
      case "codesThreshold" -> DEFAULT.withCodesThreshold(whole);
      case "graphThreshold" -> DEFAULT.withGraphThreshold(whole);
      default -> throw new AssertionError(option);
    };
  }

  private static float get(OmenVectorsOptions options, String option) {
    return switch (option) {
      case "maxConn" -> options.maxConn();
      case "beamWidth" -> options.beamWidth();
      case "searchDepth" -> options.searchDepth();
      case "codesThreshold" -> options.codesThreshold();
      case "graphThreshold" -> options.graphThreshold();
      default -> throw new AssertionError(option);
    };
  }

  @ParameterizedTest
  @CsvSource({
    "maxConn, 2",
    "maxConn, 512",
    "beamWidth, 1",
    "beamWidth, 3200",
    "searchDepth, 0.1",
    "searchDepth, 100",
    "codesThreshold, 1",
    "codesThreshold, 2147483647",
    "graphThreshold, 1",
    "graphThreshold, 2147483647"
  })
  void testBoundsAreAllowed(String option, float value) {
    assertEquals(value, get(with(option, value), option));
  }

  @ParameterizedTest
  @CsvSource({
    "maxConn, 1, '[2, 512]', 1",
    "maxConn, 513, '[2, 512]', 513",
    "beamWidth, 0, '[1, 3200]', 0",
    "beamWidth, 3201, '[1, 3200]', 3201",
    "searchDepth, 0.0999, '[0.1, 100]', 0.0999",
    "searchDepth, 100.1, '[0.1, 100]', 100.1",
    "searchDepth, -1, '[0.1, 100]', -1.0",
    "searchDepth, NaN, '[0.1, 100]', NaN",
    "searchDepth, Infinity, '[0.1, 100]', Infinity",
    "codesThreshold, 0, '[1, 2147483647]', 0",
    "graphThreshold, -5, '[1, 2147483647]', -5"
  })
  void testBeyondTheBounds(String option, float value, String bounds, String shown) {
    String message =
        assertThrows(IllegalArgumentException.class, () -> with(option, value)).getMessage();
    assertEquals(option + " must be in " + bounds + "; " + option + "=" + shown, message);
  }

  @Test
  void testEachWithChangesOneOption() {
    Executor executor = Runnable::run;
    OmenVectorsOptions changed =
        DEFAULT
            .withMaxConn(3)
            .withBeamWidth(4)
            .withSearchDepth(5)
            .withCodesThreshold(6)
            .withGraphThreshold(7)
            .withExecutor(executor);
    assertEquals(new OmenVectorsOptions(3, 4, 5, 6, 7, executor), changed);
    assertSame(executor, changed.executor());
    assertNull(changed.withExecutor(null).executor());
  }

  @Test
  void testFormatShowsItsOptions() {
    String shown = new OmenVectorsFormat(DEFAULT.withMaxConn(33)).toString();
    assertTrue(shown.contains("maxConn=33"), shown);
    assertThrows(NullPointerException.class, () -> new OmenVectorsFormat(null));
  }
}
