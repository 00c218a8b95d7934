package io.hubbub.transport.netty;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;

/**
 * The files under a directory; symbolic links that lead out of it are not followed.
 *
 * <p>Threads: any; blocks.
 */
final class DirectorySource implements StaticSource {
  private final Path root;

  DirectorySource(Path root) {
    this.root = root;
  }

  @Override
  public Optional<StaticFile> find(String path) throws IOException {
    try {
      Path real = root.resolve(path).toRealPath();
      if (!real.startsWith(root.toRealPath())) {
        return Optional.empty();
      }
      BasicFileAttributes about = Files.readAttributes(real, BasicFileAttributes.class);
      if (!about.isRegularFile()) {
        return Optional.empty();
      }
      return Optional.of(
          new StaticFile(
              real.getFileName().toString(),
              about.size(),
              about.lastModifiedTime().toMillis(),
              () -> Files.newInputStream(real)));
    } catch (NoSuchFileException | InvalidPathException missing) {
      // Not every file system has every name: some take no letters but those of ASCII.
      return Optional.empty();
    }
  }
}
