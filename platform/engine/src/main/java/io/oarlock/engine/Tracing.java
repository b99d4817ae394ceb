package io.oarlock.engine;

import java.util.Optional;

/**
 * Shows the platform's work as spans of W3C traces to whoever watches it. A span belongs to the
 * thread that began it; what goes on elsewhere is told its {@code traceparent}.
 */
public interface Tracing extends AutoCloseable {
  /** On which side of a request a span is. */
  enum Kind {
    SERVER,
    CLIENT,
    INTERNAL
  }

  /** A piece of work with a beginning and an end. */
  interface Span extends AutoCloseable {
    /** A fact about it. */
    Span note(String key, String value);

    /** It did not do what it was to do. */
    void failed(String why);

    /** What others are told to be part of it. */
    Optional<String> traceparent();

    @Override
    void close();
  }

  /** Nobody watches. */
  static Tracing none() {
    return Unwatched.NOBODY;
  }

  /**
   * Begins a span: as part of the one this thread is in, else of the one named, else of a new
   * trace. Names come from a bounded set; what tells two spans apart is a fact about them.
   *
   * @param parent as somebody else gave it
   */
  Span begin(String name, Kind kind, Optional<String> parent);

  /** The {@code traceparent} of the span this thread is in. */
  Optional<String> current();

  /** Begins a span if it is part of another: what the platform does by itself is nobody's trace. */
  default Span part(String name, Kind kind, Optional<String> parent) {
    return current().or(() -> parent).isPresent() ? begin(name, kind, parent) : Unwatched.SILENT;
  }

  /** Sends what was not sent yet. */
  @Override
  void close();
}
