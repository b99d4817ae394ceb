package io.oarlock.automations.worker;

import java.io.IOException;

/// This host cannot confine scripts, and it was asked not to run any then.
public final class ConfinementException extends IOException {

  private static final long serialVersionUID = 1;

  ConfinementException(String message) {
    super(message);
  }
}
