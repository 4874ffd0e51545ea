/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.benchmarks.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Looks of curves: a colour for each index, dashes where raw vectors decide after the search. */
final class CurveStyle {
  private static final String RESCORED = " rescored";
  private static final float WIDTH = 2;
  private static final float[] DASHES = {7, 5};

  /** Told apart by colour-blind readers too. */
  private static final List<Color> COLOURS =
      List.of(
          new Color(0xD55E00),
          new Color(0x000000),
          new Color(0x56B4E9),
          new Color(0x0072B2),
          new Color(0x009E73),
          new Color(0x7F7F7F),
          new Color(0xCC79A7),
          new Color(0xE69F00));

  private final Map<String, Color> colours = new LinkedHashMap<>();

  Color colour(String curve) {
    String index =
        curve.endsWith(RESCORED) ? curve.substring(0, curve.length() - RESCORED.length()) : curve;
    return colours.computeIfAbsent(
        index, each -> COLOURS.get(Math.min(colours.size(), COLOURS.size() - 1)));
  }

  static BasicStroke stroke(String curve) {
    return curve.endsWith(RESCORED)
        ? new BasicStroke(WIDTH, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 10, DASHES, 0)
        : new BasicStroke(WIDTH);
  }
}
