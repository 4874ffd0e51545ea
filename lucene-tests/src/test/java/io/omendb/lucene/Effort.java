/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene;

/** How much a test tries: little by default, as much as one likes by a system property. */
final class Effort {
  private Effort() {}

  /**
   * A number from {@code -Domendb.tests.name=number}.
   *
   * @param usual what it is without the property
   */
  static int of(String name, int usual) {
    return Integer.getInteger("omendb.tests." + name, usual);
  }
}
