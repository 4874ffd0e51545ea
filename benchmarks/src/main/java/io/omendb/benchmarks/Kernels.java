/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.benchmarks;

import static java.util.Locale.ROOT;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * How long do the inner loops take, in scalar code and with the Vector API? Runs the JMH benchmarks
 * of this module.
 *
 * <p>From the root of the project:
 *
 * <pre>
 * mvn -q -pl benchmarks -am compile exec:exec -Dbenchmark=Kernels -Dargs="--only=Scan --quick"
 * </pre>
 */
@Command(name = "Kernels", sortOptions = false, description = "Times the inner loops with JMH.")
public final class Kernels implements Callable<Integer> {
  /** Flags of the JVMs that measure. */
  private static final String[] FLAGS = {
    "-Xmx2g", "--add-modules", "jdk.incubator.vector", "--enable-native-access=ALL-UNNAMED"
  };

  private static final int QUICK_MILLIS = 300;
  private static final int QUICK_WARMUP = 2;

  @Option(
      names = "--only",
      paramLabel = "REGEX",
      defaultValue = ".*",
      description = "Benchmarks to run, by a part of their names (default: all).")
  private String only;

  @Option(names = "--quick", description = "Measure for a moment only; the figures are rough.")
  private boolean quick;

  @Option(
      names = "--forks",
      defaultValue = "1",
      description =
          "JVMs for each benchmark (default: ${DEFAULT-VALUE}); 0 measures in this one, all"
              + " benchmarks after each other, which is quick to start but distorts.")
  private int forks;

  @Option(
      names = "--iterations",
      defaultValue = "5",
      description = "Measurements in each JVM (default: ${DEFAULT-VALUE}).")
  private int iterations;

  @Option(
      names = "--warmup",
      paramLabel = "SECONDS",
      defaultValue = "3",
      description =
          "Time to warm up (default: ${DEFAULT-VALUE}); before it is compiled, after a second or"
              + " two, the Vector API is slower by many thousand times.")
  private int warmup;

  @Option(
      names = "--millis",
      defaultValue = "1000",
      description = "Length of a measurement (default: ${DEFAULT-VALUE}).")
  private int millis;

  @Option(
      names = "--results",
      paramLabel = "DIR",
      defaultValue = "benchmarks/results",
      description = "Where the result file goes (default: ${DEFAULT-VALUE}).")
  private Path results;

  @Option(names = "--help", usageHelp = true, description = "Show this help and exit.")
  @SuppressWarnings("unused") // picocli acts on it
  private boolean help;

  /** Runs with the options that {@code --help} lists. */
  public static void main(String[] args) {
    System.exit(CommonOptions.run(new Kernels(), args));
  }

  @Override
  public Integer call() throws IOException, RunnerException {
    if (iterations < 1 || millis < 1 || warmup < 0 || forks < 0) {
      throw new IOException(
          String.format(
              ROOT,
              "--iterations and --millis must be at least 1, --warmup and --forks at least 0;"
                  + " are %d, %d, %d, %d",
              iterations,
              millis,
              warmup,
              forks));
    }
    if (quick) {
      iterations = 1;
      millis = QUICK_MILLIS;
      warmup = QUICK_WARMUP;
    }
    if (quick || forks == 0) {
      // JMH keeps two of its runs on a machine apart, which matters only for good figures.
      System.setProperty("jmh.ignoreLock", "true");
    }
    OptionsBuilder options = new OptionsBuilder();
    options
        .include(only)
        .forks(forks)
        .jvmArgs(FLAGS)
        .warmupIterations(warmup)
        .warmupTime(TimeValue.seconds(1))
        .measurementIterations(iterations)
        .measurementTime(TimeValue.milliseconds(millis))
        .shouldFailOnError(true);
    Table table = table(new Runner(options.build()).run());
    System.out.println(table.markdown());
    List<String> settings =
        List.of(
            "forks: " + forks + ", " + String.join(" ", FLAGS),
            "warm-up: " + warmup + " s, iterations: " + iterations + " x " + millis + " ms");
    System.err.println("figures: " + ResultFile.write(results, "Kernels", settings, table));
    return 0;
  }

  private static Table table(Collection<RunResult> runs) {
    Table table = new Table("benchmark", "parameters", "value", "99.9 % interval", "unit");
    for (RunResult run : runs) {
      BenchmarkParams measured = run.getParams();
      String parameters =
          measured.getParamsKeys().stream()
              .map(key -> key + "=" + measured.getParam(key))
              .collect(Collectors.joining(" "));
      Result<?> result = run.getPrimaryResult();
      table.add(
          name(measured.getBenchmark()),
          parameters,
          String.format(ROOT, "%.3f", result.getScore()),
          Double.isNaN(result.getScoreError())
              ? ""
              : String.format(ROOT, "± %.3f", result.getScoreError()),
          result.getScoreUnit());
    }
    return table;
  }

  /** Class and method. */
  private static String name(String qualified) {
    int method = qualified.lastIndexOf('.');
    return qualified.substring(qualified.lastIndexOf('.', method - 1) + 1);
  }
}
