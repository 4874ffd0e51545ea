/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.examples;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.apache.lucene.util.VectorUtil;

/**
 * The sentence encoder all-MiniLM-L6-v2 with 8-bit weights, from its Maven package: no network.
 *
 * <p>Texts of about equal length form a batch, so that little is spent on padding, and each core
 * encodes batches of its own. This is about twice as quick as one text at a time, as are 8-bit
 * weights beside 32-bit ones, whose vectors they meet at a cosine of 0.99. The 8-bit scales depend
 * on the batch, so the same text in another batch differs by about as much.
 */
final class MiniLmEncoder implements SentenceEncoder, AutoCloseable {
  private static final String RESOURCE = "/all-minilm-l6-v2-q";
  private static final int DIMENSION = 384;
  private static final int BATCH = 32;
  private static final int MAX_TOKENS = 128;

  static {
    // The tokenizer's library would report its start to its makers, and look for other natives.
    System.setProperty("OPT_OUT_TRACKING", "true");
    System.setProperty("ai.djl.offline", "true");
  }

  private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
  private final OrtSession session;
  private final HuggingFaceTokenizer tokenizer;
  private final ExecutorService workers =
      Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());

  MiniLmEncoder() throws IOException {
    try (InputStream model = resource(".onnx");
        InputStream vocabulary = resource("-tokenizer.json");
        OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(1); // the workers are the parallelism
      session = environment.createSession(model.readAllBytes(), options);
      tokenizer =
          HuggingFaceTokenizer.newInstance(
              vocabulary,
              Map.of(
                  "padding",
                  "false",
                  "truncation",
                  "true",
                  "maxLength",
                  String.valueOf(MAX_TOKENS)));
    } catch (OrtException e) {
      throw new IOException("the model cannot be loaded", e);
    }
  }

  private static InputStream resource(String suffix) throws IOException {
    InputStream stream = MiniLmEncoder.class.getResourceAsStream(RESOURCE + suffix);
    if (stream == null) {
      throw new FileNotFoundException("not on the class path: " + RESOURCE + suffix);
    }
    return stream;
  }

  @Override
  public String model() {
    return "all-MiniLM-L6-v2, 8-bit weights, " + MAX_TOKENS + " tokens, mean pooling";
  }

  @Override
  public int dimension() {
    return DIMENSION;
  }

  @Override
  public float[][] encode(List<String> texts, IntConsumer progress) {
    Encoding[] encodings = tokenizer.batchEncode(texts);
    int[] byLength =
        IntStream.range(0, encodings.length)
            .boxed()
            .sorted(Comparator.comparingInt(i -> encodings[i].getIds().length))
            .mapToInt(Integer::intValue)
            .toArray();
    float[][] vectors = new float[encodings.length][];
    List<Future<?>> batches = new ArrayList<>();
    for (int from = 0; from < byLength.length; from += BATCH) {
      int[] batch =
          IntStream.range(from, Math.min(from + BATCH, byLength.length))
              .map(i -> byLength[i])
              .toArray();
      batches.add(
          workers.submit(() -> {
            encodeBatch(encodings, batch, vectors);
            progress.accept(batch.length);
            return null;
          }));
    }
    batches.forEach(MiniLmEncoder::await);
    return vectors;
  }

  private void encodeBatch(Encoding[] encodings, int[] batch, float[][] vectors)
      throws OrtException {
    int length = encodings[batch[batch.length - 1]].getIds().length; // the last is the longest
    long[] tokens = new long[batch.length * length];
    long[] mask = new long[tokens.length];
    for (int row = 0; row < batch.length; row++) {
      long[] ids = encodings[batch[row]].getIds();
      System.arraycopy(ids, 0, tokens, row * length, ids.length);
      Arrays.fill(mask, row * length, row * length + ids.length, 1);
    }
    long[] shape = {batch.length, length};
    try (OnnxTensor inputIds = tensor(tokens, shape);
        OnnxTensor attentionMask = tensor(mask, shape);
        OnnxTensor tokenTypes = tensor(new long[tokens.length], shape);
        OrtSession.Result result =
            session.run(
                Map.of(
                    "input_ids", inputIds,
                    "attention_mask", attentionMask,
                    "token_type_ids", tokenTypes))) {
      FloatBuffer states = ((OnnxTensor) result.get(0)).getFloatBuffer();
      for (int row = 0; row < batch.length; row++) {
        int used = encodings[batch[row]].getIds().length;
        vectors[batch[row]] = meanOfTokens(states.position(row * length * DIMENSION), used);
      }
    }
  }

  private OnnxTensor tensor(long[] values, long[] shape) throws OrtException {
    return OnnxTensor.createTensor(environment, LongBuffer.wrap(values), shape);
  }

  private static float[] meanOfTokens(FloatBuffer states, int tokens) {
    float[] sum = new float[DIMENSION];
    float[] state = new float[DIMENSION];
    for (int token = 0; token < tokens; token++) {
      states.get(state);
      for (int d = 0; d < DIMENSION; d++) {
        sum[d] += state[d];
      }
    }
    return VectorUtil.l2normalize(sum);
  }

  private static void await(Future<?> batch) {
    try {
      batch.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("a batch cannot be encoded", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while encoding", e);
    }
  }

  @Override
  public void close() throws IOException {
    workers.close();
    tokenizer.close();
    try {
      session.close();
    } catch (OrtException e) {
      throw new IOException(e);
    }
  }
}
