/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene;

import java.io.IOException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FilterDirectory;
import org.apache.lucene.store.FilterIndexOutput;
import org.apache.lucene.store.IOContext;
import org.apache.lucene.store.IndexInput;
import org.apache.lucene.store.IndexOutput;

/**
 * Counts what is asked of a directory and its files, reads and writes of every kind, and fails at a
 * call of which the number is given, as a disk does or for want of memory. The calls that count are
 * to come from one thread at a time.
 */
final class FailingDirectory extends FilterDirectory {
  /** What is thrown. */
  enum Fault {
    IO_ERROR,
    OUT_OF_MEMORY
  }

  private static final String WANTED = "as wanted: ";

  private final Fault fault;
  private Predicate<String> counted = call -> false;
  private int calls;
  private int failing;

  /** Number of the first call from each place of the code, where these are wanted. */
  private Map<Integer, Integer> places;

  FailingDirectory(Directory in, Fault fault) {
    super(in);
    this.fault = fault;
  }

  /** Whether something thrown is what a directory of this kind was to throw. */
  static boolean isWanted(Throwable failure) {
    return String.valueOf(failure.getMessage()).startsWith(WANTED);
  }

  /**
   * Counts from now on.
   *
   * @param counted which calls, by what they do and to which file
   * @param failing number of the call that fails, from 1 on; 0 for none
   */
  void count(Predicate<String> counted, int failing) {
    this.counted = counted;
    this.failing = failing;
    calls = 0;
  }

  /** Counts from now on, and notes from where calls come: by all of their stacks. */
  void notePlaces(Predicate<String> counted) {
    count(counted, 0);
    places = new LinkedHashMap<>();
  }

  /** The first call from each place, ascending. */
  List<Integer> places() {
    return List.copyOf(places.values());
  }

  /** Counts no more; returns how many calls there were. */
  int stop() {
    counted = call -> false;
    return calls;
  }

  private void call(String call) throws IOException {
    if (!counted.test(call)) {
      return;
    }
    calls++;
    if (places != null) {
      places.putIfAbsent(place(), calls);
    }
    if (calls == failing) {
      if (fault == Fault.OUT_OF_MEMORY) {
        throw new OutOfMemoryError(WANTED + call);
      }
      throw new IOException(WANTED + call);
    }
  }

  /** A hash of the stack's instructions in our code and Lucene's, each once, as some recur. */
  private static int place() {
    return StackWalker.getInstance()
        .walk(frames ->
            frames
                .filter(frame -> frame.getClassName().contains(".lucene."))
                .mapToInt(frame -> 31 * frame.getClassName().hashCode() + frame.getByteCodeIndex())
                .distinct()
                .reduce(0, (hash, instruction) -> 31 * hash + instruction));
  }

  @Override
  public void deleteFile(String name) throws IOException {
    call("delete " + name);
    super.deleteFile(name);
  }

  @Override
  public void sync(Collection<String> names) throws IOException {
    call("sync " + names);
    super.sync(names);
  }

  @Override
  public void syncMetaData() throws IOException {
    call("sync metadata");
    super.syncMetaData();
  }

  @Override
  public void rename(String source, String dest) throws IOException {
    call("rename " + source);
    super.rename(source, dest);
  }

  @Override
  public IndexOutput createOutput(String name, IOContext context) throws IOException {
    call("create " + name);
    return new Output(super.createOutput(name, context));
  }

  @Override
  public IndexOutput createTempOutput(String prefix, String suffix, IOContext context)
      throws IOException {
    call("create temporary " + prefix);
    return new Output(super.createTempOutput(prefix, suffix, context));
  }

  @Override
  public IndexInput openInput(String name, IOContext context) throws IOException {
    call("open " + name);
    return new Input(name, super.openInput(name, context));
  }

  private final class Output extends FilterIndexOutput {
    Output(IndexOutput out) {
      super(out.toString(), out.getName(), out);
    }

    @Override
    public void writeByte(byte value) throws IOException {
      call("write " + getName());
      super.writeByte(value);
    }

    @Override
    public void writeBytes(byte[] values, int offset, int length) throws IOException {
      call("write " + getName());
      super.writeBytes(values, offset, length);
    }

    @Override
    public void close() throws IOException {
      super.close();
      call("close " + getName());
    }
  }

  private final class Input extends IndexInput {
    private final String name;
    private IndexInput in;

    Input(String name, IndexInput in) {
      super(name);
      this.name = name;
      this.in = in;
    }

    private void read() throws IOException {
      call("read " + name);
    }

    @Override
    public byte readByte() throws IOException {
      read();
      return in.readByte();
    }

    @Override
    public void readBytes(byte[] target, int offset, int length) throws IOException {
      read();
      in.readBytes(target, offset, length);
    }

    @Override
    public short readShort() throws IOException {
      read();
      return in.readShort();
    }

    @Override
    public int readInt() throws IOException {
      read();
      return in.readInt();
    }

    @Override
    public long readLong() throws IOException {
      read();
      return in.readLong();
    }

    @Override
    public void readFloats(float[] target, int offset, int length) throws IOException {
      read();
      in.readFloats(target, offset, length);
    }

    @Override
    public void readLongs(long[] target, int offset, int length) throws IOException {
      read();
      in.readLongs(target, offset, length);
    }

    @Override
    public IndexInput slice(String description, long offset, long length) throws IOException {
      return new Input(name, in.slice(description, offset, length));
    }

    @Override
    public Input clone() {
      Input clone = (Input) super.clone();
      clone.in = in.clone();
      return clone;
    }

    @Override
    public void close() throws IOException {
      in.close();
    }

    @Override
    public long getFilePointer() {
      return in.getFilePointer();
    }

    @Override
    public void seek(long position) throws IOException {
      in.seek(position);
    }

    @Override
    public long length() {
      return in.length();
    }
  }
}
