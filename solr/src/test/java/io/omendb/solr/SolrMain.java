/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.solr;

import jakarta.servlet.DispatcherType;
import java.util.EnumSet;
import java.util.Properties;
import org.apache.solr.servlet.CoreContainerProvider;
import org.apache.solr.servlet.SolrDispatchFilter;
import org.eclipse.jetty.ee10.servlet.DefaultServlet;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/**
 * Solr's own servlet filter in Jetty, put together as Solr's web.xml and jetty.xml do, which come
 * only with its binary distribution. Arguments are Solr's home and the port; it runs until its
 * standard input ends.
 */
public final class SolrMain {
  private SolrMain() {}

  public static void main(String[] args) throws Exception {
    Server server = new Server();
    HttpConfiguration http = new HttpConfiguration();
    ServerConnector connector =
        new ServerConnector(
            server, new HttpConnectionFactory(http), new HTTP2CServerConnectionFactory(http));
    connector.setHost("127.0.0.1");
    connector.setPort(Integer.parseInt(args[1]));
    server.addConnector(connector);

    ServletContextHandler solr = new ServletContextHandler("/solr");
    solr.setAttribute(SolrDispatchFilter.SOLRHOME_ATTRIBUTE, args[0]);
    solr.setAttribute(SolrDispatchFilter.PROPERTIES_ATTRIBUTE, new Properties());
    solr.addEventListener(new CoreContainerProvider());
    solr.addFilter(SolrDispatchFilter.class, "/*", EnumSet.of(DispatcherType.REQUEST));
    solr.addServlet(DefaultServlet.class, "/");
    server.setHandler(solr);
    server.start();

    while (System.in.read() != -1) {
      // Whoever started this server holds the other end.
    }
    server.stop();
    System.exit(0);
  }
}
