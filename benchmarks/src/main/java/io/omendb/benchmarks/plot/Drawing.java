/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.benchmarks.plot;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.awt.Color;
import java.awt.Font;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Pattern;
import org.knowm.xchart.ChartEncoder;
import org.knowm.xchart.internal.chartpart.IChart;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.Styler.LegendPosition;

/** What all plots share: size, looks, and the two files that each becomes. */
final class Drawing {
  static final int WIDTH = 1000;
  static final int HEIGHT = 620;

  private static final Pattern MORE_DIGITS = Pattern.compile("(\\.\\d\\d)\\d+");
  private static final Color GRID = new Color(0xDDDDDD);

  private Drawing() {}

  static void style(AxesChartStyler styler) {
    styler.setLegendPosition(LegendPosition.OutsideE);
    styler.setChartBackgroundColor(Color.WHITE);
    styler.setPlotGridLinesColor(GRID);
    styler.setPlotBorderVisible(false);
    styler.setLegendBorderColor(Color.WHITE);
    styler.setMarkerSize(7);
    styler.setChartTitleFont(font(17));
    styler.setAxisTitleFont(font(14));
    styler.setAxisTickLabelsFont(font(13));
    styler.setLegendFont(font(13));
  }

  private static Font font(int size) {
    return new Font(Font.SANS_SERIF, Font.PLAIN, size);
  }

  /** A number of an axis: no more digits than it needs. */
  static String number(double value) {
    return value >= 1 || value == 0
        ? String.format(Locale.ROOT, "%,.0f", value)
        : String.format(Locale.ROOT, "%.2f", value);
  }

  /** A number of a logarithmic axis; none where ticks lie close. */
  static String logarithmic(double value) {
    String text = String.format(Locale.ROOT, "%.0e", value);
    return "1235".indexOf(text.charAt(0)) >= 0 ? number(value) : "";
  }

  /** A name of a file from some words. */
  static String fileName(String... words) {
    return String.join("-", words)
        .toLowerCase(Locale.ROOT)
        .replace(" %", "pc")
        .replaceAll("[^a-z0-9.]+", "-");
  }

  /** Writes {@code name.svg} and {@code name.png}. */
  static void save(IChart chart, Path folder, String name) throws IOException {
    savePng(chart, folder, name);
    String drawing = new String(ChartEncoder.getBytes(chart, "svg"), UTF_8);
    // Letters are outlines; with all their digits the file is twice as large.
    Files.writeString(folder.resolve(name + ".svg"), MORE_DIGITS.matcher(drawing).replaceAll("$1"));
  }

  /** Writes {@code name.png} alone, for what has thousands of lines. */
  static void savePng(IChart chart, Path folder, String name) throws IOException {
    Files.createDirectories(folder);
    Files.write(folder.resolve(name + ".png"), ChartEncoder.getBytes(chart, "png"));
  }
}
