/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.opensearch.mapper;

import java.io.IOException;
import java.util.Arrays;
import org.opensearch.core.xcontent.XContentParser;

/** Reads a vector from a JSON array of numbers. */
public final class VectorParser {
  /** Components that room is made for at first, where their number is not known. */
  private static final int INITIAL = 128;

  private VectorParser() {}

  /**
   * Reads from the start of the array, where the parser stands, to its end.
   *
   * @param what names the vector in messages, as in {@code vector of field [v]}
   * @param expected number of components to make room for, 0 if it is not known
   * @return as many components as there are; all are finite
   */
  public static float[] parse(XContentParser parser, String what, int expected) throws IOException {
    if (parser.currentToken() != XContentParser.Token.START_ARRAY) {
      throw new IllegalArgumentException(
          what + " must be an array of numbers, but is " + describe(parser));
    }
    float[] vector = new float[expected > 0 ? expected : INITIAL];
    int size = 0;
    while (parser.nextToken() != XContentParser.Token.END_ARRAY) {
      if (size == vector.length) {
        vector = Arrays.copyOf(vector, 2 * size);
      }
      vector[size] = component(parser, what, size);
      size++;
    }
    return size == vector.length ? vector : Arrays.copyOf(vector, size);
  }

  private static float component(XContentParser parser, String what, int index) throws IOException {
    if (parser.currentToken() != XContentParser.Token.VALUE_NUMBER) {
      throw new IllegalArgumentException(
          what + " must hold numbers only, but [" + index + "] is " + describe(parser));
    }
    double value = parser.doubleValue();
    float component = (float) value;
    if (!Float.isFinite(component)) {
      throw new IllegalArgumentException(
          what + " must hold finite 32-bit numbers only, but [" + index + "] is " + value);
    }
    return component;
  }

  private static String describe(XContentParser parser) throws IOException {
    return switch (parser.currentToken()) {
      case START_ARRAY -> "an array; vectors of one document go into nested documents";
      case START_OBJECT -> "an object";
      case VALUE_NULL -> "null";
      case VALUE_STRING -> "the string [" + parser.text() + "]";
      default -> "the value [" + parser.text() + "]";
    };
  }
}
