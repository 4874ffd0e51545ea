/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.solr;

import io.omendb.lucene.OmenVectorsOptions;
import java.util.List;
import java.util.Map;

/** Options of the format as Solr's configuration files write them: by name, as text or numbers. */
final class FormatOptions {
  static final List<String> NAMES =
      List.of("maxConn", "beamWidth", "searchDepth", "codesThreshold", "graphThreshold");

  private FormatOptions() {}

  /**
   * Takes the options out of a configuration; those not in it keep their defaults.
   *
   * @param args names and values; what is no option of the format is left in it
   * @throws IllegalArgumentException if a value is no number or out of its bounds
   */
  static OmenVectorsOptions take(Map<String, ?> args) {
    OmenVectorsOptions options = OmenVectorsOptions.DEFAULT;
    for (String name : NAMES) {
      Object value = args.remove(name);
      if (value != null) {
        options = with(options, name, value.toString());
      }
    }
    return options;
  }

  private static OmenVectorsOptions with(OmenVectorsOptions options, String name, String value) {
    return switch (name) {
      case "maxConn" -> options.withMaxConn(integer(name, value));
      case "beamWidth" -> options.withBeamWidth(integer(name, value));
      case "searchDepth" -> options.withSearchDepth(number(name, value));
      case "codesThreshold" -> options.withCodesThreshold(integer(name, value));
      case "graphThreshold" -> options.withGraphThreshold(integer(name, value));
      default -> throw new AssertionError(name);
    };
  }

  /** A whole number. */
  static int integer(String name, String value) {
    try {
      return Integer.parseInt(value);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          name + " must be a whole number; " + name + "=" + value, e);
    }
  }

  private static float number(String name, String value) {
    try {
      return Float.parseFloat(value);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(name + " must be a number; " + name + "=" + value, e);
    }
  }
}
