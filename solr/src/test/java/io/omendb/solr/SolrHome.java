/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.solr;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Folders of a server as the README says to set them up: the two jars in {@code lib}. */
final class SolrHome {
  /** {@link OmenVectorField} with default options. */
  static final String OMEN_FIELD =
      """
      <fieldType name="vector" class="io.omendb.solr.OmenVectorField"
                 vectorDimension="100" similarityFunction="cosine"/>\
      """;

  /**
   * Handlers that Solr adds to every core and that need solr-solrj-streaming, made to do nothing.
   */
  private static final String NO_STREAMING =
      """
      {"requestHandler": {
        "/export": {"name": "/export", "class": "solr.DumpRequestHandler"},
        "/graph": {"name": "/graph", "class": "solr.DumpRequestHandler"},
        "/stream": {"name": "/stream", "class": "solr.DumpRequestHandler"}}}
      """;

  private SolrHome() {}

  /** A home with the plugin, and no core. */
  static Path create(Path folder, String solrXml) {
    try {
      Files.createDirectories(folder.resolve("lib"));
      Files.writeString(folder.resolve("solr.xml"), solrXml);
      for (String jar : List.of("omendb.tests.solr.plugin", "omendb.tests.solr.codec")) {
        Path source = Path.of(System.getProperty(jar));
        Files.copy(source, folder.resolve("lib").resolve(source.getFileName()));
      }
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A home with one core, named {@code vectors}. */
  static Path withCore(Path folder, String solrConfig, String schema) {
    return addCore(create(folder, "<solr/>"), "vectors", solrConfig, schema);
  }

  /** Adds a core; returns the home. */
  static Path addCore(Path home, String name, String solrConfig, String schema) {
    try {
      Path conf = Files.createDirectories(home.resolve(name).resolve("conf"));
      for (Map.Entry<String, String> file : configuration(solrConfig, schema).entrySet()) {
        Files.writeString(conf.resolve(file.getKey()), file.getValue());
      }
      Files.writeString(home.resolve(name).resolve("core.properties"), "");
      return home;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A configuration as SolrCloud takes it: zipped. */
  static byte[] zip(String solrConfig, String schema) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, String> file : configuration(solrConfig, schema).entrySet()) {
        zip.putNextEntry(new ZipEntry(file.getKey()));
        zip.write(file.getValue().getBytes(StandardCharsets.UTF_8));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static Map<String, String> configuration(String solrConfig, String schema) {
    Map<String, String> files = new TreeMap<>();
    files.put("solrconfig.xml", solrConfig);
    files.put("managed-schema.xml", schema);
    if (SolrClassPath.streamingIsMissing()) {
      files.put("configoverlay.json", NO_STREAMING);
    }
    return files;
  }

  /** The tests' schema: fields id, row, group, text, and v of the given type, named vector. */
  static String schema(String vectorType) {
    try (InputStream in = SolrHome.class.getResourceAsStream("schema.xml")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("@vector@", vectorType);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Names of the files of a core's index. */
  static List<String> indexFiles(Path home, String core) {
    try (Stream<Path> files = Files.list(home.resolve(core).resolve("data/index"))) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
