/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.examples;

import static java.util.Locale.ROOT;

import io.omendb.lucene.OmenCodec;
import java.io.IOException;
import java.nio.file.Path;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.logging.Level;
import java.util.logging.Logger;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.apache.lucene.codecs.Codec;
import org.apache.lucene.search.ScoreDoc;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What does it do on real text? Searches WordNet by meaning and measures itself against Lucene. */
@Command(
    name = "Quickstart",
    sortOptions = false,
    description = {
      "Embeds glosses of WordNet with a sentence encoder, indexes them through OmenCodec,"
          + " answers questions in plain English, and compares recall, time and bytes with"
          + " Lucene's default vector format.",
      "Nothing is downloaded. Embeddings and indexes are kept for the next run."
    })
public final class Quickstart implements Callable<Integer> {
  private static final int K = 10;
  private static final int HELD_OUT_QUERIES = 300;

  /** Lucene tells of the Vector API it found; only warnings belong beside the progress bar. */
  private static final Logger LUCENE_LOG = Logger.getLogger("org.apache.lucene");

  private static final List<Question> QUESTIONS =
      List.of(
          new Question("someone who steals things from shops", ""),
          new Question("a building where books are kept", "topic=noun.artifact"),
          new Question("to walk slowly without a goal", "pos=v"),
          new Question("a doctor who treats children", "pos=n"));

  private record Question(String text, MetadataFilter filter) {
    Question(String text, String filter) {
      this(text, MetadataFilter.parse(filter));
    }
  }

  @Option(
      names = "--query",
      paramLabel = "TEXT",
      defaultValue = "",
      description = "Answer this instead of the questions that come with the example.")
  private String query;

  @Option(
      names = "--filter",
      paramLabel = "FIELD=VALUE,...",
      defaultValue = "",
      converter = FilterConverter.class,
      description =
          "Search only glosses that match, for instance pos=n,topic=noun.animal. Parts of speech:"
              + " n, v, a, s (satellite adjective), r; an unknown topic lists the nearest ones.")
  private MetadataFilter filter;

  @Option(
      names = "--glosses",
      paramLabel = "N|all",
      defaultValue = "40000",
      converter = CountConverter.class,
      description = "How many glosses to index, of about 118,000 (default: ${DEFAULT-VALUE}).")
  private int glosses;

  @Option(
      names = "--cache",
      paramLabel = "DIR",
      defaultValue = "target/quickstart",
      description =
          "Where embeddings and indexes are kept (default: ${DEFAULT-VALUE}); a folder outside"
              + " target survives mvn clean.")
  private Path cache;

  @Option(names = "--reindex", description = "Write the indexes anew, even if they are there.")
  private boolean reindex;

  @Option(names = "--answers-only", description = "Skip the comparison with Lucene's format.")
  private boolean answersOnly;

  @Option(names = "--help", usageHelp = true, description = "Show this help and exit.")
  @SuppressWarnings("unused") // picocli acts on it
  private boolean help;

  /** Runs with the options that {@code --help} lists. */
  public static void main(String[] args) {
    System.exit(run(args));
  }

  static int run(String... args) {
    LUCENE_LOG.setLevel(Level.WARNING);
    return new CommandLine(new Quickstart())
        .setExecutionExceptionHandler((e, command, parsed) -> {
          command.getErr().println("Quickstart failed: " + e);
          if (!(e instanceof IOException)) { // nothing the user could mend
            e.printStackTrace(command.getErr());
          }
          return command.getCommandSpec().exitCodeOnExecutionException();
        })
        .execute(args);
  }

  @Override
  public Integer call() throws IOException {
    Corpus corpus = Corpus.draw(WordNet.read(), glosses, HELD_OUT_QUERIES);
    int size = corpus.glosses().size();
    try (MiniLmEncoder encoder = new MiniLmEncoder()) {
      System.out.printf(ROOT, "%,d glosses of WordNet 3.1; %s%n", size, encoder.model());
      float[][] embedded = embed(corpus.texts(), encoder);
      float[][] vectors = Arrays.copyOf(embedded, size);
      float[][] queries = Arrays.copyOfRange(embedded, size, embedded.length);
      Path folder = cache.resolve(String.valueOf(size));
      Codec omenCodec = OmenCodec.over(Codec.getDefault());
      try (GlossIndex omen =
          openIndex("the OmenDB", folder.resolve("omendb"), omenCodec, corpus, vectors)) {
        answer(omen, encoder);
        if (!answersOnly) {
          try (GlossIndex lucene =
              openIndex(
                  "Lucene's default",
                  folder.resolve("lucene"),
                  Codec.getDefault(),
                  corpus,
                  vectors)) {
            Comparison comparison = new Comparison(corpus, vectors, queries, K);
            comparison.print(System.out, omen, lucene, filter);
          }
        }
      }
    }
    return 0;
  }

  private float[][] embed(List<String> texts, SentenceEncoder encoder) throws IOException {
    Path file = cache.resolve("embeddings-" + texts.size() + ".bin");
    try (ProgressBar bar =
        new ProgressBarBuilder()
            .setTaskName("Embedding")
            .setStyle(ProgressBarStyle.ASCII)
            .setInitialMax(texts.size())
            .setUnit(" texts", 1)
            .setSpeedUnit(ChronoUnit.SECONDS)
            .showSpeed()
            .build()) {
      return new EmbeddingCache(file, encoder).embed(texts, bar::stepBy);
    }
  }

  private GlossIndex openIndex(
      String name, Path path, Codec codec, Corpus corpus, float[][] vectors) throws IOException {
    System.out.printf(ROOT, "%nIndex with %s format: %s%n", name, path);
    GlossIndex index = GlossIndex.open(path, codec, corpus.glosses(), vectors, reindex);
    System.out.printf(
        ROOT,
        "%s in %.1f s (%,.0f glosses a second, merged to one segment)%n",
        index.isReused() ? "Kept from an earlier run, written" : "Written",
        index.secondsToIndex(),
        vectors.length / index.secondsToIndex());
    return index;
  }

  private void answer(GlossIndex index, SentenceEncoder encoder) throws IOException {
    List<Question> questions = query.isBlank() ? QUESTIONS : List.of(new Question(query, filter));
    for (Question question : questions) {
      MetadataFilter restriction = filter.terms().isEmpty() ? question.filter() : filter;
      System.out.printf(ROOT, "%n\"%s\", %s%n", question.text(), restriction);
      float[] vector = encoder.encode(question.text());
      for (ScoreDoc hit : index.search(vector, K, restriction).scoreDocs) {
        var document = index.storedFields().document(hit.doc);
        System.out.printf(
            ROOT, "  %.4f  %-18s %s%n", hit.score, document.get("topic"), document.get("text"));
      }
    }
  }

  private static final class FilterConverter implements CommandLine.ITypeConverter<MetadataFilter> {
    @Override
    public MetadataFilter convert(String value) {
      try {
        return MetadataFilter.parse(value);
      } catch (IllegalArgumentException e) {
        throw new CommandLine.TypeConversionException(e.getMessage());
      }
    }
  }

  private static final class CountConverter implements CommandLine.ITypeConverter<Integer> {
    private static final int FEWEST = 100;

    @Override
    public Integer convert(String value) {
      if (value.equals("all")) {
        return Integer.MAX_VALUE;
      }
      if (!value.matches("\\d{1,9}") || Integer.parseInt(value) < FEWEST) {
        throw new CommandLine.TypeConversionException(
            "a number from " + FEWEST + " on, or all, expected, not \"" + value + "\"");
      }
      return Integer.parseInt(value);
    }
  }
}
