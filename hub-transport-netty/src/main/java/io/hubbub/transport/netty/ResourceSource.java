package io.hubbub.transport.netty;

import java.io.IOException;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Resources of the class path.
 *
 * <p>Threads: any; blocks.
 */
final class ResourceSource implements StaticSource {
  private final ClassLoader loader;
  private final String directory;

  ResourceSource(ClassLoader loader, String directory) {
    String plain = directory.replaceAll("^/+|/+$", "");
    if (plain.isEmpty()) {
      throw new IllegalArgumentException(
          "Expected a directory of the class path, like \"web\", but found \"" + directory + '"');
    }
    this.loader = loader;
    this.directory = plain + '/';
  }

  @Override
  public Optional<StaticFile> find(String path) throws IOException {
    URL url = loader.getResource(directory + path);
    if (url == null) {
      return Optional.empty();
    }
    URLConnection connection = url.openConnection();
    // A cached jar would stay open, and go on serving what it was.
    connection.setUseCaches(false);
    String name = path.substring(path.lastIndexOf('/') + 1);
    if (isDirectory(connection, url)) {
      return Optional.empty();
    }
    long length = connection.getContentLengthLong();
    long modified = connection.getLastModified();
    connection.getInputStream().close();
    return Optional.of(
        new StaticFile(
            name,
            length,
            modified,
            () -> {
              URLConnection again = url.openConnection();
              again.setUseCaches(false);
              return again.getInputStream();
            }));
  }

  private static boolean isDirectory(URLConnection connection, URL url) throws IOException {
    if (connection instanceof JarURLConnection jar) {
      return jar.getJarEntry().isDirectory()
          || jar.getJarFile().getEntry(jar.getEntryName() + '/') != null;
    }
    return url.getProtocol().equals("file")
        && Files.isDirectory(Path.of(URI.create(url.toString())));
  }
}
