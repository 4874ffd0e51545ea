/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene;

import java.io.IOException;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FilterDirectory;
import org.apache.lucene.store.FilterIndexInput;
import org.apache.lucene.store.IOContext;
import org.apache.lucene.store.IndexInput;

/** A directory that says of everything whether it is in memory. */
final class ColdDirectory extends FilterDirectory {
  private final BooleanSupplier loaded;

  /** One that says that nothing is. */
  ColdDirectory(Directory in) {
    this(in, () -> false);
  }

  /**
   * One that changes what it says.
   *
   * @param loaded asked each time
   */
  ColdDirectory(Directory in, BooleanSupplier loaded) {
    super(in);
    this.loaded = loaded;
  }

  @Override
  public IndexInput openInput(String name, IOContext context) throws IOException {
    return new Input(name, super.openInput(name, context));
  }

  private final class Input extends FilterIndexInput {
    Input(String description, IndexInput in) {
      super(description, in);
    }

    @Override
    public Optional<Boolean> isLoaded() {
      return Optional.of(loaded.getAsBoolean());
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
