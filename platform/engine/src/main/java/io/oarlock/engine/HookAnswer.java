package io.oarlock.engine;

import io.oarlock.model.Problem;
import io.oarlock.model.Violation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a Pre hook says about a write. */
sealed interface HookAnswer {
  /** The write may go on. */
  record GoOn() implements HookAnswer {}

  /** The write may go on with this object instead. */
  record Replace(Map<String, Object> output) implements HookAnswer {}

  /** The write must not happen. */
  record Refuse(String title, String detail, List<Violation> errors) implements HookAnswer {
    private static final int TEXT_MAX = 2048;
    private static final int ERRORS_MAX = 100;
    private static final String TITLE = "A hook refused it";

    static Refuse of(String detail) {
      return new Refuse(TITLE, cut(detail), List.of());
    }

    /** What a script gave with its refusal; {@code attribute} says what the reason is about. */
    static Refuse of(String reason, Map<String, Object> details) {
      var errors =
          Trees.text(details, "attribute")
              .map(attribute -> Violation.of("hook-refused", cut(reason), pointer(attribute)));
      return new Refuse(TITLE, cut(reason), errors.stream().toList());
    }

    /** Reads a problem document. */
    static Refuse of(Map<String, Object> problem) {
      var title = Trees.text(problem, "title").filter(text -> !text.isBlank()).orElse(TITLE);
      var detail = Trees.text(problem, "detail").filter(text -> !text.isBlank()).orElse(title);
      return new Refuse(cut(title), cut(detail), errors(problem.get("errors")));
    }

    private static List<Violation> errors(@Nullable Object errors) {
      var found = new ArrayList<Violation>();
      if (errors instanceof List<?> list) {
        for (var each : list.subList(0, Math.min(list.size(), ERRORS_MAX))) {
          found.add(error(Trees.object(each)));
        }
      }
      return found;
    }

    private static Violation error(Map<String, Object> tree) {
      var pointer =
          Trees.text(tree, "pointer")
              .or(() -> Trees.text(tree, "attribute").map(Refuse::pointer))
              .orElse("");
      var detail = Trees.text(tree, "detail").or(() -> Trees.text(tree, "title")).orElse(TITLE);
      return new Violation(
          cut(Trees.text(tree, "code").orElse("hook-refused")),
          cut(detail),
          cut(pointer),
          Trees.text(tree, "hint").map(Refuse::cut));
    }

    /** The pointer to an attribute written with dots. */
    static String pointer(String attribute) {
      return "/" + attribute.replace("~", "~0").replace("/", "~1").replace('.', '/');
    }

    private static String cut(String text) {
      return text.length() <= TEXT_MAX ? text : text.substring(0, TEXT_MAX) + "…";
    }

    Problem problem(Hook hook) {
      return new Problem(
          Problem.Kind.FORBIDDEN,
          "hook-refused",
          title,
          "The hook " + hook.name() + " of " + hook.namespace() + " refused: " + detail,
          errors);
    }
  }

  /** It did not answer as a hook must; the failure policy decides. */
  record Failed(String reason) implements HookAnswer {
    Problem problem(Hook hook) {
      return new Problem(
          Problem.Kind.UNAVAILABLE,
          "hook-failed",
          "A hook did not answer",
          "The hook "
              + hook.name()
              + " of "
              + hook.namespace()
              + " must allow this write and gave no answer: "
              + reason
              + ". Try again; if its endpoint is gone for good, correct or disable the hook, which"
              + " no hook can prevent",
          List.of());
    }
  }

  /**
   * An answer with the trace it leaves in the row of the delivery.
   *
   * @param status of the HTTP answer
   * @param text first characters of the answer
   */
  record Told(HookAnswer answer, Optional<Integer> status, Optional<String> text) {
    static Told failed(String reason) {
      return new Told(new Failed(reason), Optional.empty(), Optional.empty());
    }

    /** What a script or a server gave in place of the object, or nothing to go on. */
    static HookAnswer of(Map<String, Object> tree) {
      var output = tree.get("output");
      if (output == null) {
        return new GoOn();
      }
      return output instanceof Map<?, ?>
          ? new Replace(new LinkedHashMap<>(Trees.object(output)))
          : new Failed("its output is no object");
    }
  }
}
