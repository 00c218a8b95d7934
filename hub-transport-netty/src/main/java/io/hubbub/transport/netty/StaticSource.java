package io.hubbub.transport.netty;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** Where static files come from. Threads: any; may block. */
interface StaticSource {
  /**
   * Looks for a file.
   *
   * @param path relative, segments separated by slashes, each a plain name
   */
  Optional<StaticFile> find(String path) throws IOException;

  /**
   * One file.
   *
   * @param name its last segment
   * @param length in bytes
   * @param modified in milliseconds since 1970; 0 when unknown
   * @param content opens it
   */
  record StaticFile(String name, long length, long modified, Content content) {}

  /** Opens a file. Threads: any; may block. */
  @FunctionalInterface
  interface Content {
    InputStream open() throws IOException;
  }
}
