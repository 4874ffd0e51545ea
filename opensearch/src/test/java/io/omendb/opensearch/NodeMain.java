/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.opensearch;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.opensearch.Version;
import org.opensearch.common.logging.LogConfigurator;
import org.opensearch.common.settings.Settings;
import org.opensearch.env.Environment;
import org.opensearch.node.InternalSettingsPreparer;
import org.opensearch.node.Node;
import org.opensearch.plugins.PluginInfo;
import org.opensearch.transport.Netty4ModulePlugin;

/**
 * A node in its own JVM: configuration, data and plugins are found in a home directory, as in an
 * installation. It stops when its standard input ends.
 */
final class NodeMain extends Node {
  private NodeMain(Environment environment) {
    super(
        environment,
        List.of(plugin(Netty4ModulePlugin.class), plugin(OtherCodecPlugin.class)),
        false);
  }

  /** Runs a node; the argument is its home. */
  public static void main(String[] args) throws Exception {
    Settings home = Settings.builder().put("path.home", args[0]).build();
    Environment environment =
        InternalSettingsPreparer.prepareEnvironment(home, Map.of(), null, () -> "node");
    LogConfigurator.setNodeName(Node.NODE_NAME_SETTING.get(environment.settings()));
    LogConfigurator.configure(environment);
    try (Node node = new NodeMain(environment)) {
      node.start();
      awaitEndOfInput();
    }
  }

  private static void awaitEndOfInput() throws IOException {
    while (System.in.read() >= 0) {}
  }

  /** A plugin of the class path; HTTP is one, and not part of the server's jar. */
  private static PluginInfo plugin(Class<?> type) {
    return new PluginInfo(
        type.getSimpleName(),
        "on the class path",
        "NA",
        Version.CURRENT,
        "21",
        type.getName(),
        null,
        List.of(),
        false);
  }
}
