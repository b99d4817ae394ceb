package io.oarlock.automations.graaljs;

import io.oarlock.automations.ScriptError;
import io.oarlock.automations.SourceProblem;
import java.util.ArrayList;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.SourceSection;
import org.jspecify.annotations.Nullable;

/// Turns the engine's exceptions into errors at positions the author knows: frames of the prelude
/// and of Java are left out.
final class ErrorPositions {

  static final String STOPPED = "the script stood here when it was stopped";

  private static final int FRAMES_MAX = 20;
  private static final int MESSAGE_CHARACTERS_MAX = 8192;

  /// `SyntaxError: name:2:4 Expected …`, then the line and a caret under it.
  private static final Pattern SYNTAX =
      Pattern.compile("(?s)(?:SyntaxError: )?(?:.*?:\\d+:\\d+ )?([^\\n\\r]+).*");

  private ErrorPositions() {}

  static ScriptError error(PolyglotException e) {
    var message = e.isSyntaxError() ? "SyntaxError: " + syntax(e) : message(e);
    return at(message, e);
  }

  /// Where a stopped script stood, if its frames can be told.
  static Optional<ScriptError> standing(PolyglotException e) {
    return Optional.of(at(STOPPED, e)).filter(error -> error.line() > 0);
  }

  static SourceProblem problem(String name, PolyglotException e) {
    var section = e.getSourceLocation();
    return new SourceProblem(
        name, e.isSyntaxError() ? syntax(e) : message(e), line(section), column(section));
  }

  private static ScriptError at(String message, PolyglotException e) {
    var sections = new ArrayList<SourceSection>();
    var frames = new ArrayList<String>();
    for (var frame : e.getPolyglotStackTrace()) {
      var section = frame.getSourceLocation();
      if (frame.isGuestFrame() && authored(section) && frames.size() < FRAMES_MAX) {
        sections.add(section);
        frames.add("    at " + frame.getRootName() + " (" + position(section) + ")");
      }
    }
    var thrown = e.getSourceLocation();
    var place = authored(thrown) ? thrown : sections.stream().findFirst().orElse(null);
    return new ScriptError(
        bounded(message),
        line(place),
        column(place),
        frames.stream().collect(Collectors.joining("\n")));
  }

  static boolean authored(com.oracle.truffle.api.source.SourceSection section) {
    return section.isAvailable()
        && section.hasLines()
        && !section.getSource().isInternal()
        && !section.getSource().getName().startsWith(Prelude.NAME_PREFIX);
  }

  static ScriptError standing(com.oracle.truffle.api.source.SourceSection section) {
    return new ScriptError(
        STOPPED, section.getStartLine(), Math.max(section.getStartColumn(), 0), "");
  }

  private static boolean authored(@Nullable SourceSection section) {
    return section != null
        && section.isAvailable()
        && section.hasLines()
        && !section.getSource().getName().startsWith(Prelude.NAME_PREFIX);
  }

  private static String position(SourceSection section) {
    var name = section.getSource().getName();
    var shown =
        name.startsWith(ModuleFiles.ROOT) ? name.substring(ModuleFiles.ROOT.length()) : name;
    return shown + ":" + section.getStartLine() + ":" + section.getStartColumn();
  }

  private static String syntax(PolyglotException e) {
    var matcher = SYNTAX.matcher(message(e));
    return matcher.matches() ? matcher.group(1).strip() : message(e);
  }

  private static String message(PolyglotException e) {
    if (e.isInternalError()) {
      return "the engine failed here, which is not the script's fault";
    }
    var message = e.getMessage();
    return bounded(message == null ? "an error without a message" : message);
  }

  private static String bounded(String text) {
    return text.length() <= MESSAGE_CHARACTERS_MAX
        ? text
        : text.substring(0, MESSAGE_CHARACTERS_MAX) + "…";
  }

  private static int line(@Nullable SourceSection section) {
    return section != null && section.hasLines() ? section.getStartLine() : 0;
  }

  private static int column(@Nullable SourceSection section) {
    return section != null && section.hasColumns() ? section.getStartColumn() : 0;
  }
}
