package io.hubbub.transport.netty;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectorySourceTest {
  @Test
  void nameThatTheFileSystemDoesNotHaveIsNotFound(@TempDir Path directory) throws IOException {
    assertThat(new DirectorySource(directory).find("no\0name")).isEmpty();
  }
}
