import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.Locale;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * {@code java Unsign.java FROM TO} copies a jar without its signature.
 *
 * <p>A JVM keeps no class of a signed jar in an AOT cache, and checks every one that it loads against
 * a digest: with Bouncy Castle that was a third of the server's start. The signature protects
 * nothing here, since whoever could change the jar could as well take the signature away.
 */
final class Unsign {
  private Unsign() {}

  public static void main(String[] files) throws IOException {
    try (var from = new JarFile(files[0], false);
        var to = new ZipOutputStream(Files.newOutputStream(Path.of(files[1])))) {
      copy(from, to);
    }
  }

  private static void copy(JarFile from, ZipOutputStream to) throws IOException {
    to.putNextEntry(new ZipEntry(JarFile.MANIFEST_NAME));
    withoutDigests(from.getManifest()).write(to);
    for (Enumeration<? extends ZipEntry> all = from.entries(); all.hasMoreElements(); ) {
      var entry = all.nextElement();
      if (!entry.getName().equals(JarFile.MANIFEST_NAME) && !signs(entry.getName())) {
        var copy = new ZipEntry(entry.getName());
        copy.setTime(entry.getTime());
        to.putNextEntry(copy);
        try (var in = from.getInputStream(entry)) {
          in.transferTo(to);
        }
      }
    }
  }

  private static boolean signs(String name) {
    return name.toUpperCase(Locale.ROOT).matches("META-INF/[^/]*\\.(SF|RSA|DSA|EC)");
  }

  /** What is said of single entries stays, unless it is a digest. */
  private static Manifest withoutDigests(Manifest signed) {
    var plain = new Manifest();
    plain.getMainAttributes().putAll(signed.getMainAttributes());
    signed.getEntries().forEach((entry, attributes) -> {
      var kept = new Attributes();
      attributes.forEach((name, value) -> {
        if (!name.toString().toLowerCase(Locale.ROOT).endsWith("-digest")) {
          kept.put(name, value);
        }
      });
      if (!kept.isEmpty()) {
        plain.getEntries().put(entry, kept);
      }
    });
    return plain;
  }
}
