package io.oarlock.model.index;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.RoundEnvironment;
import javax.annotation.processing.SupportedAnnotationTypes;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import javax.tools.StandardLocation;

/**
 * Writes the names of all records marked as resources into {@value #FILE}, one in a line, in the
 * order of the reference docs: by group, then by name. So a new type is one file.
 */
@SupportedAnnotationTypes(TypeIndexer.RESOURCE)
public final class TypeIndexer extends AbstractProcessor {
  static final String RESOURCE = "io.oarlock.model.Resource";

  /** Where the names are, beside the classes. */
  static final String FILE = "META-INF/oarlock/resource-types";

  private final TreeMap<String, Set<String>> groups = new TreeMap<>();

  @Override
  public SourceVersion getSupportedSourceVersion() {
    return SourceVersion.latest();
  }

  @Override
  public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
    for (var annotation : annotations) {
      for (var type : round.getElementsAnnotatedWith(annotation)) {
        groups.computeIfAbsent(group(type), _ -> new TreeSet<>()).add(name((TypeElement) type));
      }
    }
    if (round.processingOver() && !round.errorRaised()) {
      write();
    }
    return false;
  }

  private String name(TypeElement type) {
    return processingEnv.getElementUtils().getBinaryName(type).toString();
  }

  private static String group(Element type) {
    return type.getAnnotationMirrors().stream()
        .filter(mirror -> mirror.getAnnotationType().toString().equals(RESOURCE))
        .map(TypeIndexer::group)
        .findFirst()
        .orElse("");
  }

  private static String group(AnnotationMirror resource) {
    return resource.getElementValues().entrySet().stream()
        .filter(value -> value.getKey().getSimpleName().contentEquals("group"))
        .map(value -> String.valueOf(value.getValue().getValue()))
        .findFirst()
        .orElse("");
  }

  private void write() {
    try (var out =
        processingEnv
            .getFiler()
            .createResource(StandardLocation.CLASS_OUTPUT, "", FILE)
            .openWriter()) {
      for (var names : groups.values()) {
        out.write(String.join("\n", names) + "\n");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
