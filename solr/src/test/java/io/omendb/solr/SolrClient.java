/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.solr;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Requests to a Solr node or core, as curl would make them. */
final class SolrClient {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final String url;

  SolrClient(String url) {
    this.url = url;
  }

  /** An answer, whatever its status. */
  record Answer(int status, JsonNode body) {
    /** Solr's reason for an error. */
    String reason() {
      return body.path("error").toString();
    }
  }

  /** A document found, by the number of its row. */
  record Hit(int row, float score) {}

  /** The same node's core or collection. */
  SolrClient core(String name) {
    return new SolrClient(url + "/" + name);
  }

  /** GET, with names and values of parameters in turn. */
  Answer get(String path, String... params) throws IOException {
    return send(HttpRequest.newBuilder(URI.create(url + path + "?" + form(params))));
  }

  Answer post(String path, String contentType, byte[] body) throws IOException {
    return send(
        HttpRequest.newBuilder(URI.create(url + path))
            .header("Content-Type", contentType)
            .POST(BodyPublishers.ofByteArray(body)));
  }

  /** POST of JSON, which has to succeed. */
  JsonNode update(String path, String json) throws IOException {
    return succeeded(postJson(path, json));
  }

  Answer postJson(String path, String json) throws IOException {
    return post(path, "application/json", json.getBytes(UTF_8));
  }

  /** A query that has to succeed, with names and values of parameters in turn. */
  JsonNode select(String... params) throws IOException {
    return succeeded(trySelect(params));
  }

  /** A query, as a form: vectors are long. */
  Answer trySelect(String... params) throws IOException {
    return post("/select", "application/x-www-form-urlencoded", form(params).getBytes(UTF_8));
  }

  /** The documents that a query finds, best first. */
  List<Hit> hits(String... params) throws IOException {
    String[] all = Arrays.copyOf(params, params.length + 2);
    all[params.length] = "fl";
    all[params.length + 1] = "row,score";
    List<Hit> hits = new ArrayList<>();
    for (JsonNode document : select(all).path("response").path("docs")) {
      hits.add(new Hit(document.path("row").asInt(), document.path("score").floatValue()));
    }
    return hits;
  }

  /** Numbers of the rows that a query finds. */
  static List<Integer> rows(List<Hit> hits) {
    return hits.stream().map(Hit::row).toList();
  }

  static JsonNode succeeded(Answer answer) {
    if (answer.status() != 200) {
      throw new AssertionError(answer.status() + ": " + answer.body().toPrettyString());
    }
    return answer.body();
  }

  private static String form(String... params) {
    List<String> pairs = new ArrayList<>();
    for (int i = 0; i < params.length; i += 2) {
      pairs.add(params[i] + "=" + URLEncoder.encode(params[i + 1], UTF_8));
    }
    return String.join("&", pairs);
  }

  private static Answer send(HttpRequest.Builder request) throws IOException {
    try {
      var response = HTTP.send(request.build(), BodyHandlers.ofString());
      String type = response.headers().firstValue("Content-Type").orElse("");
      String body = response.body();
      return new Answer(
          response.statusCode(),
          type.toLowerCase(Locale.ROOT).contains("json")
              ? JSON.readTree(body)
              : JSON.getNodeFactory().textNode(body));
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  /** A vector as Solr reads it. */
  static String text(float[] vector) {
    return Arrays.toString(vector).replace(" ", "");
  }

  /** An array of JSON documents. */
  static String array(List<String> documents) {
    return documents.stream().collect(Collectors.joining(",", "[", "]"));
  }
}
