/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene;

import java.io.IOException;
import java.util.Optional;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FilterDirectory;
import org.apache.lucene.store.FilterIndexInput;
import org.apache.lucene.store.IOContext;
import org.apache.lucene.store.IndexInput;

/** A directory that says of everything that it is not in memory. */
final class ColdDirectory extends FilterDirectory {
  ColdDirectory(Directory in) {
    super(in);
  }

  @Override
  public IndexInput openInput(String name, IOContext context) throws IOException {
    return new Input(name, super.openInput(name, context));
  }

  private static final class Input extends FilterIndexInput {
    Input(String description, IndexInput in) {
      super(description, in);
    }

    @Override
    public Optional<Boolean> isLoaded() {
      return Optional.of(false);
    }

    @Override
    public IndexInput slice(String description, long offset, long length) throws IOException {
      return new Input(description, in.slice(description, offset, length));
    }

    @Override
    public Input clone() {
      return new Input(toString(), in.clone());
    }
  }
}
