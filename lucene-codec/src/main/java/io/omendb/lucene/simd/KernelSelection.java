/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene.simd;

import java.util.logging.Logger;
import org.apache.lucene.util.Constants;

/** Chooses the kernels once a JVM and says in one log line what was chosen and why. */
final class KernelSelection {
  private static final Logger LOG = Logger.getLogger(KernelSelection.class.getName());

  /** System property that forces a choice: {@code scalar} or {@code vector}. */
  private static final String PROPERTY = "omendb.kernels";

  static final Kernels BEST = select();

  private KernelSelection() {}

  private static Kernels select() {
    String wanted = System.getProperty(PROPERTY, "vector");
    if (!wanted.equals("vector") && !wanted.equals("scalar")) {
      LOG.warning(
          PROPERTY + " must be vector or scalar, and is ignored; " + PROPERTY + "=" + wanted);
    }
    if (wanted.equals("scalar")) {
      LOG.info("OmenDB vector kernels: scalar, as the system property " + PROPERTY + " asks");
      return new ScalarKernels();
    }
    if (ModuleLayer.boot().findModule("jdk.incubator.vector").isEmpty()) {
      LOG.warning(
          "OmenDB vector kernels: scalar, several times slower; start Java with"
              + " --add-modules jdk.incubator.vector to use SIMD");
      return new ScalarKernels();
    }
    if (Constants.IS_CLIENT_VM) {
      LOG.warning(
          "OmenDB vector kernels: scalar, as Java's optimizing compiler C2 is off, without which"
              + " SIMD would be slower still; -XX:TieredStopAtLevel may be the reason");
      return new ScalarKernels();
    }
    try {
      Kernels kernels = new VectorKernels();
      LOG.info("OmenDB vector kernels: " + kernels.name());
      return kernels;
    } catch (LinkageError e) {
      LOG.warning("OmenDB vector kernels: scalar, because the Vector API does not link: " + e);
      return new ScalarKernels();
    }
  }
}
