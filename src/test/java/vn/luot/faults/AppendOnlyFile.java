package vn.luot.faults;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Redis's append-only file, of which a lost machine loses the end. */
final class AppendOnlyFile {
  private final Path directory;

  private AppendOnlyFile(Path directory) {
    this.directory = directory;
  }

  static AppendOnlyFile of(Path directory) {
    return new AppendOnlyFile(directory.resolve("redis").resolve("appendonlydir"));
  }

  /** Returns the most hits that the part cut off can hold: each adds to one page's register. */
  int cut(int bytes) throws IOException {
    Path file = files().stream().filter(f -> f.toString().endsWith(".incr.aof")).findFirst().get();
    try (FileChannel open =
        FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      long from = Math.max(0, open.size() - bytes);
      ByteBuffer tail = ByteBuffer.allocate((int) (open.size() - from));
      open.read(tail, from);
      open.truncate(from);
      String cut = new String(tail.array(), StandardCharsets.ISO_8859_1).toUpperCase(Locale.ROOT);
      // What the cut goes through is lost as a whole: a batch, at most.
      return cut.split("HINCRBY", -1).length + 500;
    }
  }

  void delete() throws IOException {
    for (Path file : files()) {
      Files.delete(file);
    }
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.sorted(Comparator.reverseOrder()).toList();
    }
  }
}
