/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.solr;

import org.apache.lucene.codecs.KnnVectorsFormat;

/**
 * Makes the format known to Lucene by name, once a class loader. Lucene looks for formats when it
 * starts, which is before Solr adds the plugins' jars; Solr has it look again for codecs, postings
 * and doc values formats, but not for vectors formats, so that an index could be written and not
 * read.
 */
final class FormatRegistration {
  static {
    KnnVectorsFormat.reloadKnnVectorsFormat(FormatRegistration.class.getClassLoader());
  }

  private FormatRegistration() {}

  /**
   * To be called before an index is opened, hence by all that a schema or a configuration names.
   */
  static void ensure() {
    // The static initializer has done it.
  }
}
