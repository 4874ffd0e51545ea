/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.benchmarks;

import static java.util.Locale.ROOT;

import io.omendb.examples.WordNetTexts;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.function.IntConsumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Real vectors for whoever has none: embeds the glosses of WordNet, holds out example sentences as
 * queries, finds their true neighbours, and writes a folder that all programs read. Texts and model
 * come from Maven packages.
 *
 * <p>From the root of the project:
 *
 * <pre>
 * mvn -q -pl benchmarks -am compile exec:exec -Dbenchmark=BuildWordNet -Dargs="--limit=2000"
 * </pre>
 */
@Command(
    name = "BuildWordNet",
    sortOptions = false,
    description = {
      "Builds a vector set from WordNet's glosses and a sentence encoder.",
      "An interrupted run goes on where it stopped."
    })
public final class BuildWordNet implements Callable<Integer> {
  private static final String NAME = "wordnet-minilm-384";
  private static final int NEIGHBOURS = 100;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = "benchmarks/data",
      description =
          "The set becomes the folder "
              + NAME
              + " in this one (default: ${DEFAULT-VALUE}), which"
              + " other programs are then to be told by their --data.")
  private Path data;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "2147483647",
      description = "Use so many glosses, drawn evenly (default: all, about 118,000).")
  private int limit;

  @Option(
      names = "--queries",
      paramLabel = "N",
      defaultValue = "2000",
      description = "Queries to hold out (default: ${DEFAULT-VALUE}).")
  private int queries;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads that find true neighbours (default: all processors).")
  private int threads = Runtime.getRuntime().availableProcessors();

  @Option(names = "--help", usageHelp = true, description = "Show this help and exit.")
  @SuppressWarnings("unused") // picocli acts on it
  private boolean help;

  /** Runs with the options that {@code --help} lists. */
  public static void main(String[] args) {
    System.exit(CommonOptions.run(new BuildWordNet(), args));
  }

  @Override
  public Integer call() throws IOException {
    if (limit < 1 || queries < 1) {
      throw new IOException(
          "--limit and --queries must be at least 1; are " + limit + ", " + queries);
    }
    Path folder = data.resolve(NAME);
    if (VectorSetWriter.isWritten(folder)) {
      throw new IOException(folder + " holds a set; delete it, or choose another --data");
    }
    WordNetTexts texts = WordNetTexts.draw(limit, queries);
    int size = texts.glosses();
    EmbeddingProgress progress = new EmbeddingProgress(size + texts.sentences());
    Path cache = data.resolve(NAME + "-" + size + "-" + texts.sentences() + ".cache");
    float[][] vectors = texts.embed(cache, progress);
    progress.done();
    float[][] base = Arrays.copyOf(vectors, size);
    float[][] asked = Arrays.copyOfRange(vectors, size, vectors.length);
    try (Threads pool = new Threads(threads)) {
      int[][] truth = new ExactSearch(base, pool.parallel()).nearest(asked, NEIGHBOURS);
      VectorSet set =
          new VectorSet(NAME, base, asked, truth, texts.glossColumns(), texts.sentenceColumns());
      VectorSetWriter.write(
          folder, set, "WordNet 3.1 glosses, all-MiniLM-L6-v2 with 8-bit weights");
    }
    System.out.printf(ROOT, "%,d vectors, %,d queries: %s%n", size, asked.length, folder);
    return 0;
  }

  /** Counts from where the cache ends, so that the time left is that of encoding. */
  private static final class EmbeddingProgress implements IntConsumer {
    private final int total;
    private Progress progress;

    private EmbeddingProgress(int total) {
      this.total = total;
    }

    @Override
    public synchronized void accept(int more) {
      if (progress == null) {
        progress = new Progress("embed", total - more);
      } else {
        progress.step(more);
      }
    }

    private synchronized void done() {
      progress.done();
    }
  }
}
