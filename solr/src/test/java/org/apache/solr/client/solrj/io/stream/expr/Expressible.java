/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package org.apache.solr.client.solrj.io.stream.expr;

/**
 * Stands in for an interface of {@code solr-solrj-streaming} that Solr's configuration names as a
 * kind of plugin. See {@code io.omendb.solr.SolrClassPath}.
 */
public interface Expressible {}
