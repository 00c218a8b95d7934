package io.hubbub.backplane.redis;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.concurrent.TimeUnit;

/**
 * A certificate that a test has signed itself, as files that a server reads.
 *
 * @param certificate PEM
 * @param key PEM, without a password
 */
record Certificate(Path certificate, Path key) {
  private static final String PASSWORD = "changeit";

  /**
   * Makes one with the JDK's keytool.
   *
   * @param subject what it is for, such as {@code ip:127.0.0.1}
   * @param folder a new one
   */
  static Certificate forSubject(String subject, Path folder)
      throws IOException, InterruptedException, GeneralSecurityException {
    Path store = Files.createDirectory(folder).resolve("store.p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-alias",
                "redis",
                "-dname",
                "CN=redis",
                "-ext",
                "san=" + subject,
                "-validity",
                "2",
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                PASSWORD)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("keytool.log").toFile())
            .start();
    if (!keytool.waitFor(60, TimeUnit.SECONDS) || keytool.exitValue() != 0) {
      throw new IllegalStateException(Files.readString(folder.resolve("keytool.log")));
    }
    KeyStore made = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
    return new Certificate(
        pem(folder, "CERTIFICATE", made.getCertificate("redis").getEncoded()),
        pem(folder, "PRIVATE KEY", made.getKey("redis", PASSWORD.toCharArray()).getEncoded()));
  }

  private static Path pem(Path folder, String kind, byte[] content) throws IOException {
    String lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
    return Files.writeString(
        folder.resolve(kind.replace(' ', '-') + ".pem"),
        "-----BEGIN " + kind + "-----\n" + lines + "\n-----END " + kind + "-----\n");
  }
}
