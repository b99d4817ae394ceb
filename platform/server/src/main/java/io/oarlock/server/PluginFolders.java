package io.oarlock.server;

import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.stream.Stream;

/**
 * Plugins that are not of the distribution: each folder has the jars of one, behind a class loader
 * of its own. A plugin sees the JDK, its jars, and of Oarlock only what plugins are made against,
 * so that its libraries may be of any version. A class loader is no sandbox: what is in these
 * folders runs with all rights of the platform, so nobody else may be able to write there.
 */
final class PluginFolders implements AutoCloseable {
  private static final List<String> SHARED =
      List.of("io.oarlock.spi.", "io.oarlock.model.", "org.jspecify.annotations.");

  private final List<Folder> folders;

  /** The class loader of one plugin. */
  private static final class Folder extends URLClassLoader {
    private final Path path;

    Folder(Path path, URL[] jars) {
      super("plugin " + path.getFileName(), jars, ClassLoader.getPlatformClassLoader());
      this.path = path;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      return SHARED.stream().anyMatch(name::startsWith)
          ? PluginFolders.class.getClassLoader().loadClass(name)
          : super.loadClass(name, resolve);
    }
  }

  private PluginFolders(List<Folder> folders) {
    this.folders = folders;
  }

  /** Opens all there are; a folder that is not as it should be is refused by its name. */
  static PluginFolders open(Path directory) throws IOException {
    var opened = new PluginFolders(new ArrayList<>());
    try {
      for (var path : Files.isDirectory(directory) ? inside(directory) : List.<Path>of()) {
        if (Files.isDirectory(path)) {
          opened.folders.add(new Folder(path, jars(path)));
        }
      }
      return opened;
    } catch (IOException | RuntimeException e) {
      opened.close();
      throw e;
    }
  }

  private static URL[] jars(Path folder) throws IOException {
    var jars = new ArrayList<URL>();
    for (var file : inside(folder)) {
      if (file.toString().endsWith(".jar")) {
        requireGuarded(file);
        jars.add(url(file));
      }
    }
    if (jars.isEmpty()) {
      throw new UnavailableException(
          "The plugin folder " + folder + " has no jar. Put the plugin's there, or remove it");
    }
    return jars.toArray(URL[]::new);
  }

  private static URL url(Path file) throws MalformedURLException {
    return file.toUri().toURL();
  }

  private static List<Path> inside(Path directory) throws IOException {
    requireGuarded(directory);
    try (Stream<Path> paths = Files.list(directory)) {
      return paths.sorted().toList();
    }
  }

  private static void requireGuarded(Path path) throws IOException {
    var about = Files.readAttributes(path, PosixFileAttributes.class);
    var owner = about.owner().getName();
    if (!owner.equals("root") && !owner.equals(System.getProperty("user.name"))) {
      throw new UnavailableException(
          path
              + " belongs to "
              + owner
              + ", who could have the platform run anything. Make it"
              + " yours: chown "
              + System.getProperty("user.name")
              + " "
              + path);
    }
    if (about.permissions().contains(PosixFilePermission.GROUP_WRITE)
        || about.permissions().contains(PosixFilePermission.OTHERS_WRITE)) {
      throw new UnavailableException(
          "Others may write to "
              + path
              + " and could have the platform run anything. Take that"
              + " away: chmod go-w "
              + path);
    }
  }

  /** What the plugins offer of a kind. */
  <P> List<P> load(Class<P> kind) {
    return folders.stream().flatMap(folder -> load(kind, folder).stream()).toList();
  }

  private static <P> List<P> load(Class<P> kind, Folder folder) {
    try {
      var found = ServiceLoader.load(kind, folder).stream().map(ServiceLoader.Provider::get);
      var offered = found.toList();
      if (offered.isEmpty()) {
        throw new UnavailableException(
            "The plugin in %s offers nothing: none of its jars names a class in META-INF/services/%s"
                .formatted(folder.path, kind.getName()));
      }
      return offered;
    } catch (ServiceConfigurationError | LinkageError e) {
      throw new UnavailableException(
          "The plugin in %s cannot be used (%s). It may be made for another version; move the folder away to start without it"
              .formatted(folder.path, reason(e)));
    }
  }

  private static String reason(Error e) {
    var cause = e.getCause();
    return e.getMessage() + (cause == null ? "" : ": " + cause);
  }

  @Override
  public void close() throws IOException {
    for (var folder : folders) {
      folder.close();
    }
  }
}
