/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.benchmarks.compare;

/**
 * One way to search an index.
 *
 * @param curve the line of the plot that it is a point of
 * @param knob what is turned along the line
 * @param value how far
 * @param rescored whether the raw vectors decide after the search, where the index leaves that to
 *     its user
 */
public record Setting(String curve, String knob, double value, boolean rescored) {
  String text() {
    return knob + "=" + (value == Math.rint(value) ? Long.toString((long) value) : "" + value);
  }
}
