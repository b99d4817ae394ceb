package io.oarlock.engine;

import java.util.Map;

/** What answers one action; authorized and validated before. */
interface Actions {
  Map<String, Object> act(ActionCall call);
}
