package io.oarlock.marketplace.bundle;

import io.oarlock.model.Suggest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which files and parameters a manifest speaks of: none that are not there, and no file that nobody
 * speaks of, since nobody would have looked at it.
 */
final class References {
  private final Map<String, byte[]> files;
  private final Set<String> parameters;
  private final Set<String> declared = new TreeSet<>(Set.of(Bundle.MANIFEST, Signature.FILE));
  private final List<Fault> faults = new ArrayList<>();

  private References(AppManifest manifest, Map<String, byte[]> files) {
    this.files = files;
    this.parameters =
        manifest.parameters().stream()
            .filter(each -> each.type().asks())
            .map(AppParameter::key)
            .collect(Collectors.toSet());
  }

  static List<Fault> faults(AppManifest manifest, Map<String, byte[]> files) {
    var references = new References(manifest, files);
    manifest.icon().ifPresent(path -> references.picture(path, "/icon", Pictures::icon));
    manifest
        .screenshots()
        .forEach(path -> references.picture(path, "/screenshots", Pictures::screenshot));
    manifest.documents().forEach(path -> references.file(path, "/documents"));
    manifest
        .resources()
        .forEach((name, value) -> {
          references.text(name, "/resources");
          references.walk(value, Pointers.of("/resources", name));
        });
    manifest.asked().secrets().forEach(name -> references.text(name, "/permissions/secrets"));
    manifest.asked().hosts().forEach(name -> references.text(name, "/permissions/hosts"));
    references.undeclared();
    return references.faults;
  }

  private void walk(@Nullable Object value, String at) {
    switch (value) {
      case null -> {}
      case String text -> text(text, at);
      case Map<?, ?> map ->
          map.forEach((key, inner) -> walk(inner, Pointers.of(at, String.valueOf(key))));
      case List<?> list -> {
        for (var i = 0; i < list.size(); i++) {
          walk(list.get(i), at + "/" + i);
        }
      }
      default -> {}
    }
  }

  private void text(String text, String at) {
    try {
      for (var part : Placeholders.parse(text)) {
        if (part instanceof Placeholders.Named(var name)) {
          named(name, at);
        }
      }
    } catch (IllegalArgumentException e) {
      refuse(
          "placeholder", at, e.getMessage() + ".", "Close it with }, or write $${ for ${ itself.");
    }
  }

  private void named(String name, String at) {
    if (name.startsWith(Placeholders.FILE)) {
      file(name.substring(Placeholders.FILE.length()), at);
    } else if (name.startsWith(Placeholders.PARAMETER)) {
      parameter(name.substring(Placeholders.PARAMETER.length()), at);
    } else if (!name.equals(Placeholders.NAMESPACE) && !name.equals(Placeholders.INSTALLATION)) {
      refuse(
          "placeholder",
          at,
          "Nothing is called " + name + ".",
          "Write ${parameters.key}, ${file:path}, ${namespace} or ${installation}.");
    }
  }

  private void parameter(String key, String at) {
    if (!parameters.contains(key)) {
      refuse(
          "unknown-parameter",
          at,
          "No parameter that asks something is called " + key + ".",
          Suggest.didYouMean(key, parameters).orElse("Add it to parameters."));
    }
  }

  private void file(String path, String at) {
    declared.add(path);
    if (!files.containsKey(path)) {
      refuse(
          "no-such-file",
          at,
          "There is no file " + BundlePath.shown(path) + " in the bundle.",
          Suggest.didYouMean(path, files.keySet()).orElse("Add it, or take the name out."));
    }
  }

  private void picture(String path, String at, BiFunction<String, byte[], Optional<Fault>> look) {
    file(path, at);
    Optional.ofNullable(files.get(path))
        .flatMap(bytes -> look.apply(path, bytes))
        .ifPresent(faults::add);
  }

  private void undeclared() {
    for (var path : files.keySet()) {
      if (!declared.contains(path)) {
        faults.add(
            new Fault(
                "undeclared-file",
                BundlePath.shown(path),
                "Nothing in " + Bundle.MANIFEST + " speaks of this file.",
                "Name it under documents, as ${file:…} in a resource, or leave it out."));
      }
    }
  }

  private void refuse(String code, String at, String reason, String fix) {
    faults.add(new Fault(code, Bundle.MANIFEST + at, reason, fix));
  }
}
