/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.benchmarks.plot;

import io.omendb.benchmarks.soak.SoakPoint;
import io.omendb.benchmarks.soak.SoakPoint.Measure;
import java.awt.Color;
import java.awt.Graphics2D;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.internal.chartpart.IChart;
import org.knowm.xchart.style.Styler.LegendLayout;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** What a soak recorded, over time: small panels in one figure. */
public final class SoakPlot {
  private static final String NAME = "soak";
  private static final int COLUMNS = 2;
  private static final int PANEL_WIDTH = 600;
  private static final int PANEL_HEIGHT = 260;
  private static final double LEAST_RECALL = .9;
  private static final Color[] COLOURS = {new Color(0x0072B2), new Color(0xD55E00)};

  private SoakPlot() {}

  /** Measures drawn together, from some value up. */
  private record Panel(String title, double from, Measure... measures) {}

  private static final List<Panel> PANELS =
      List.of(
          new Panel("recall@10", LEAST_RECALL, Measure.RECALL, Measure.FILTERED_RECALL),
          new Panel("a second", 0, Measure.CHANGES, Measure.SEARCHES),
          new Panel("heap after collection, MiB", 0, Measure.HEAP),
          new Panel("resident memory that is no file's, MiB", 0, Measure.ANONYMOUS),
          new Panel("bytes, MiB", 0, Measure.BYTES, Measure.MAPPED),
          new Panel("files", 0, Measure.FILES, Measure.MAPS),
          new Panel("handles and threads", 0, Measure.HANDLES, Measure.THREADS),
          new Panel("segments", 0, Measure.SEGMENTS),
          new Panel("documents", 0, Measure.DOCUMENTS),
          new Panel("so far", 0, Measure.FORCED_MERGES, Measure.RESTARTS));

  /** Draws all into {@code soak.png}. */
  public static void draw(List<SoakPoint> points, Path folder) throws IOException {
    List<XYChart> charts = new ArrayList<>();
    for (Panel panel : PANELS) {
      charts.add(chart(panel, points));
    }
    Drawing.savePng(new Stack(NAME, charts), folder, NAME);
  }

  private static XYChart chart(Panel panel, List<SoakPoint> points) {
    XYChart chart =
        new XYChartBuilder()
            .width(PANEL_WIDTH)
            .height(PANEL_HEIGHT)
            .title(panel.title)
            .xAxisTitle("minutes")
            .build();
    Drawing.style(chart.getStyler());
    chart.getStyler().setYAxisTickLabelsFormattingFunction(Drawing::number);
    chart.getStyler().setLegendPosition(LegendPosition.OutsideS);
    chart.getStyler().setLegendLayout(LegendLayout.Horizontal);
    chart.getStyler().setYAxisTitleVisible(false);
    chart.getStyler().setYAxisMin(panel.from);
    int colour = 0;
    for (Measure measure : panel.measures) {
      List<Double> minutes = new ArrayList<>();
      List<Double> values = new ArrayList<>();
      for (SoakPoint point : points) {
        if (!Double.isNaN(point.get(measure))) {
          minutes.add(point.get(Measure.SECONDS) / 60);
          values.add(point.get(measure));
        }
      }
      if (!values.isEmpty()) {
        XYSeries series = chart.addSeries(measure.column(), minutes, values);
        series.setMarker(SeriesMarkers.NONE);
        series.setLineColor(COLOURS[colour]);
      }
      colour++;
    }
    return chart;
  }

  /** Charts of one size in rows. */
  private record Stack(String title, List<XYChart> charts) implements IChart {
    @Override
    public void paint(Graphics2D graphics, int width, int height) {
      for (int i = 0; i < charts.size(); i++) {
        Graphics2D part = (Graphics2D) graphics.create();
        part.translate(i % COLUMNS * PANEL_WIDTH, i / COLUMNS * PANEL_HEIGHT);
        charts.get(i).paint(part, PANEL_WIDTH, PANEL_HEIGHT);
        part.dispose();
      }
    }

    @Override
    public int getWidth() {
      return COLUMNS * PANEL_WIDTH;
    }

    @Override
    public int getHeight() {
      return (charts.size() + COLUMNS - 1) / COLUMNS * PANEL_HEIGHT;
    }

    @Override
    public String getTitle() {
      return title;
    }
  }
}
