/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package org.apache.solr.client.solrj.io;

import java.io.Closeable;
import org.apache.solr.client.solrj.impl.HttpSolrClientBase;

/**
 * Stands in for a class of {@code solr-solrj-streaming} that Solr's node links when it starts, and
 * uses for streaming expressions alone. See {@code io.omendb.solr.SolrClassPath}.
 */
public class SolrClientCache implements Closeable {
  public SolrClientCache(HttpSolrClientBase client) {}

  public void setDefaultZKHost(String zkHost) {}

  @Override
  public void close() {}
}
