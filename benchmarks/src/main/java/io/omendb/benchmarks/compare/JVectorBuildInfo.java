/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.benchmarks.compare;

import io.github.jbellis.jvector.vector.VectorizationProvider;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** Which JVector runs. */
final class JVectorBuildInfo {
  private static final String PROPERTIES =
      "/META-INF/maven/io.github.jbellis/jvector-base/pom.properties";

  private JVectorBuildInfo() {}

  /** Its version, and what computes its distances: on x64 Linux that is native code. */
  static String text() {
    Properties properties = new Properties();
    try (InputStream in = VectorizationProvider.class.getResourceAsStream(PROPERTIES)) {
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return "JVector "
        + properties.getProperty("version")
        + ", kernels "
        + VectorizationProvider.getInstance().getClass().getSimpleName();
  }
}
