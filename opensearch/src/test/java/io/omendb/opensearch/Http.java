/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.opensearch;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.opensearch.common.xcontent.XContentHelper;
import org.opensearch.common.xcontent.json.JsonXContent;

/** Requests to a node, bodies and answers in JSON; may be used by threads. */
record Http(URI node) {
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

  /** An answer. */
  record Answer(int status, String text) {
    /** Throws unless the request succeeded. */
    Answer ok() {
      assertTrue(status >= 200 && status < 300, () -> status + " " + text);
      return this;
    }

    /** The answer as an object. */
    Map<String, Object> map() {
      return XContentHelper.convertToMap(JsonXContent.jsonXContent, text, true);
    }

    /** A value within; steps are names of fields and numbers of elements. */
    Object at(Object... path) {
      return Http.at(map(), path);
    }

    /** A number within. */
    long number(Object... path) {
      return ((Number) at(path)).longValue();
    }

    /** Hits of a search, best first. */
    List<Hit> hits() {
      return ((List<?>) ok().at("hits", "hits")).stream().map(Hit::of).toList();
    }
  }

  /** A hit of a search. */
  record Hit(String id, float score, Object all) {
    static Hit of(Object hit) {
      return new Hit(
          (String) Http.at(hit, "_id"), ((Number) Http.at(hit, "_score")).floatValue(), hit);
    }

    /** A value within; steps are names of fields and numbers of elements. */
    Object at(Object... path) {
      return Http.at(all, path);
    }
  }

  /** A body from a template, whose places are filled as by {@link String#format}. */
  static String json(String template, Object... values) {
    return String.format(Locale.ROOT, template, values);
  }

  /** A value within another; steps are names of fields and numbers of elements. */
  static Object at(Object value, Object... path) {
    Object found = value;
    for (Object step : path) {
      found = step instanceof Integer i ? ((List<?>) found).get(i) : ((Map<?, ?>) found).get(step);
    }
    return found;
  }

  Answer get(String path) throws IOException, InterruptedException {
    return send("GET", path, null);
  }

  Answer delete(String path) throws IOException, InterruptedException {
    return send("DELETE", path, null);
  }

  Answer put(String path, String body) throws IOException, InterruptedException {
    return send("PUT", path, body);
  }

  Answer post(String path, String body) throws IOException, InterruptedException {
    return send("POST", path, body);
  }

  private Answer send(String method, String path, String body)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(node.resolve(path))
            .timeout(Duration.ofMinutes(2))
            .header("Content-Type", "application/json")
            .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
            .build();
    var response = CLIENT.send(request, BodyHandlers.ofString());
    return new Answer(response.statusCode(), response.body());
  }
}
