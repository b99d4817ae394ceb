package io.oarlock.automations;

import java.util.Map;

/// A host call that was refused. The script sees an `Error` with this `code`, `message` and
/// `details`; no stack trace of the platform ever reaches it.
public final class HostCallException extends Exception {

  private static final long serialVersionUID = 1;

  private final String code;
  private final transient Map<String, Object> details;

  public HostCallException(String code, String message) {
    this(code, message, Map.of());
  }

  /// @param details a tree
  public HostCallException(String code, String message, Map<String, Object> details) {
    super(message);
    this.code = code;
    this.details = Map.copyOf(details);
  }

  public String code() {
    return code;
  }

  public Map<String, Object> details() {
    return details;
  }
}
