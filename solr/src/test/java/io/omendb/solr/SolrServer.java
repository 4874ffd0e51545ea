/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.solr;

import static java.util.concurrent.TimeUnit.SECONDS;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A Solr server in a JVM of its own, answering HTTP on the loopback address. */
final class SolrServer implements AutoCloseable {
  /** As the README says to start it: SIMD is active. */
  static final List<String> SIMD = List.of("--add-modules", "jdk.incubator.vector");

  /**
   * Quick to start: the first of Java's compilers alone, which makes no SIMD of the Vector API, and
   * classes from an archive that the first such server leaves behind.
   */
  static final List<String> QUICK =
      List.of(
          "-XX:TieredStopAtLevel=1",
          "-XX:+UseSerialGC",
          "-XX:+AutoCreateSharedArchive",
          "-XX:SharedArchiveFile=" + Path.of("target/solr.jsa").toAbsolutePath());

  private static final Path LOGGING =
      Path.of("target/test-classes/log4j2-solr.xml").toAbsolutePath();
  private static final int START_SECONDS = 180;

  private final Path home;
  private final List<String> jvmArgs;
  private final int port = freePort();
  private Process process;

  /**
   * A server, to be started.
   *
   * @param home Solr's home, see {@link SolrHome}
   * @param jvmArgs beside those that every server gets
   */
  SolrServer(Path home, List<String> jvmArgs) {
    this.home = home;
    this.jvmArgs = jvmArgs;
  }

  /** A server that runs. */
  static SolrServer started(Path home, List<String> jvmArgs) {
    return new SolrServer(home, jvmArgs).start();
  }

  /** Starts it and waits until it answers. */
  SolrServer start() {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "--enable-native-access=ALL-UNNAMED",
            "-Xmx512m",
            "-Dsolr.install.dir=" + home,
            "-Dsolr.logs.dir=" + home.resolve("logs"),
            "-Dsolr.port.listen=" + port,
            "-Dlog4j2.configurationFile=" + LOGGING));
    command.addAll(jvmArgs);
    command.addAll(
        List.of(
            "-cp",
            SolrClassPath.TEXT,
            SolrMain.class.getName(),
            home.toString(),
            Integer.toString(port)));
    try {
      process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(console().toFile()))
              .start();
      for (int tenths = 0; !answers(); tenths++) {
        if (!process.isAlive() || tenths > 10 * START_SECONDS) {
          process.destroyForcibly();
          throw new AssertionError("Solr did not start:\n" + log());
        }
        Thread.sleep(100);
      }
    } catch (IOException | InterruptedException e) {
      throw new AssertionError("Solr did not start", e);
    }
    return this;
  }

  /** Cores are loaded after the node answers. */
  private boolean answers() {
    try (Stream<Path> folders = Files.list(home)) {
      if (client().get("/admin/info/system").status() != 200) {
        return false;
      }
      for (Path core : folders.filter(f -> Files.exists(f.resolve("core.properties"))).toList()) {
        String name = core.getFileName().toString();
        if (client().core(name).get("/select", "q", "*:*", "rows", "0").status() == 503) {
          return false;
        }
      }
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** Solr's address, for requests to a core or to the node. */
  SolrClient client() {
    return new SolrClient(url());
  }

  /** {@code http://127.0.0.1:port/solr}. */
  String url() {
    return "http://127.0.0.1:" + port + "/solr";
  }

  int port() {
    return port;
  }

  Path home() {
    return home;
  }

  /** What it has written to its console. */
  String log() {
    try {
      return Files.readString(console());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private Path console() {
    return home.resolve("console.log");
  }

  /** Stops it in order, and starts it again. */
  void restart() {
    stop();
    start();
  }

  /** Ends its process at once, as a failure of the machine would. */
  void crash() {
    try {
      process.destroyForcibly().waitFor();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Stops it in order, as {@code bin/solr stop} does. */
  void stop() {
    try {
      process.getOutputStream().close();
      if (!process.waitFor(60, SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError("Solr did not stop:\n" + log());
      }
    } catch (IOException | InterruptedException e) {
      throw new AssertionError("Solr did not stop", e);
    }
  }

  @Override
  public void close() {
    stop();
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
