/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.opensearch;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** A node that is started for tests, with its home in a directory of its own. */
final class ServerNode implements AutoCloseable {
  /** Quick to start, but without the compiler that SIMD needs. */
  static final List<String> QUICK_START = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

  /** What an installation's jvm.options say that matters here. */
  static final List<String> DEFAULT_FLAGS =
      List.of(
          "-XX:+UseG1GC",
          "-XX:+UseCompactObjectHeaders",
          "-Dorg.apache.lucene.store.MMapDirectory.sharedArenaMaxPermits=1");

  private static final long START_SECONDS = 120;

  private final String name;
  private final Path home;
  private final List<String> flags;
  private final int httpPort = freePort();
  private final int transportPort = freePort();
  private final Map<String, String> settings = new LinkedHashMap<>();
  private Process process;

  /**
   * A node that is not running as yet.
   *
   * @param name also of its directory, which is emptied
   * @param flags of its JVM
   */
  ServerNode(String name, List<String> flags) throws IOException {
    this.name = name;
    this.flags = flags;
    this.home = Path.of(property("omendb.tests.work"), name).toAbsolutePath();
    Directories.delete(home);
    Files.createDirectories(home.resolve("config"));
    settings.put("cluster.name", "omendb-tests");
    settings.put("node.name", name);
    settings.put("network.host", "127.0.0.1");
    settings.put("http.port", Integer.toString(httpPort));
    settings.put("transport.port", Integer.toString(transportPort));
    settings.put("path.repo", home.resolve("snapshots").toString());
    // A disk of a build machine may well be nearly full.
    settings.put("cluster.routing.allocation.disk.threshold_enabled", "false");
  }

  /** A cluster of this node alone. */
  ServerNode alone() {
    return with("discovery.type", "single-node");
  }

  /** One of several nodes, any of which may be the first. */
  static void cluster(ServerNode... nodes) {
    List<String> hosts = new ArrayList<>();
    for (ServerNode node : nodes) {
      hosts.add("\"127.0.0.1:" + node.transportPort + "\"");
    }
    for (ServerNode node : nodes) {
      node.with("discovery.seed_hosts", hosts.toString());
      node.with("cluster.initial_cluster_manager_nodes", "[" + nodes[0].name + "]");
    }
  }

  ServerNode with(String key, String value) {
    settings.put(key, value);
    return this;
  }

  /** Unpacks the plugin, as an installation does. */
  ServerNode install() throws IOException {
    Path folder = home.resolve("plugins").resolve("omendb");
    Files.createDirectories(folder);
    try (InputStream in = Files.newInputStream(Path.of(property("omendb.tests.plugin")));
        ZipInputStream zip = new ZipInputStream(in)) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        Files.copy(zip, folder.resolve(entry.getName()));
      }
    }
    return this;
  }

  /** Removes the plugin. */
  void uninstall() throws IOException {
    Directories.delete(home.resolve("plugins"));
  }

  /** Starts the node and waits until it answers. */
  ServerNode start() throws IOException, InterruptedException {
    StringBuilder yaml = new StringBuilder();
    settings.forEach((key, value) -> yaml.append(key).append(": ").append(value).append('\n'));
    Files.writeString(home.resolve("config/opensearch.yml"), yaml);
    try (InputStream log = ServerNode.class.getResourceAsStream("log4j2.properties")) {
      Files.write(home.resolve("config/log4j2.properties"), log.readAllBytes());
    }
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(flags);
    command.addAll(
        List.of(
            "-Xms512m",
            "-Xmx512m",
            "--add-modules=jdk.incubator.vector",
            "--enable-native-access=ALL-UNNAMED",
            "-Dopensearch.path.conf=" + home.resolve("config"),
            "-cp",
            property("omendb.tests.classes")
                + File.pathSeparator
                + Files.readString(Path.of(property("omendb.tests.classpath"))).strip(),
            NodeMain.class.getName(),
            home.toString()));
    process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
            .start();
    await();
    return this;
  }

  private void await() throws IOException, InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
    while (System.nanoTime() < deadline) {
      if (!process.isAlive()) {
        throw new IllegalStateException(name + " stopped, see " + log() + "\n" + tail());
      }
      try {
        if (http().get("/_cluster/health").status() == 200) {
          return;
        }
      } catch (ConnectException e) {
        // Not as yet.
      }
      Thread.sleep(200);
    }
    throw new IllegalStateException(name + " does not answer, see " + log() + "\n" + tail());
  }

  /** Requests to this node. */
  Http http() {
    return new Http(URI.create("http://127.0.0.1:" + httpPort));
  }

  /** What the node wrote to its console, of all its starts. */
  Path log() {
    return home.resolve("console.log");
  }

  private String tail() throws IOException {
    List<String> lines = Files.readAllLines(log());
    return String.join("\n", lines.subList(Math.max(0, lines.size() - 30), lines.size()));
  }

  /** Where the node keeps its indexes. */
  Path data() {
    return home.resolve("data");
  }

  /** Stops the node as an administrator would. */
  void stop() throws IOException, InterruptedException {
    if (process != null) {
      process.getOutputStream().close();
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        kill();
      }
    }
  }

  /** Ends the process at once. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  @Override
  public void close() throws IOException {
    try {
      stop();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      process.destroyForcibly();
    }
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String property(String key) {
    String value = System.getProperty(key);
    if (value == null) {
      throw new IllegalStateException("system property " + key + " is not set; run by Maven");
    }
    return value;
  }
}
