/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene.simd;

/** Kernels by name, so that a benchmark can hold one implementation against another. */
public final class NamedKernels {
  /** Plain loops. */
  public static final String SCALAR = "scalar";

  /** The Vector API. */
  public static final String VECTOR = "vector";

  private NamedKernels() {}

  /** The kernels of a name. */
  public static Kernels of(String name) {
    return switch (name) {
      case SCALAR -> new ScalarKernels();
      case VECTOR -> new VectorKernels();
      default ->
          throw new IllegalArgumentException(
              "kernels must be " + SCALAR + " or " + VECTOR + "; are " + name);
    };
  }
}
