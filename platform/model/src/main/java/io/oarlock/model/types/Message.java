package io.oarlock.model.types;

import io.oarlock.model.Default;
import io.oarlock.model.Doc;
import io.oarlock.model.Example;
import io.oarlock.model.Resource;

@Resource(
    group = "What happens",
    example =
        """
        {
          "name": "maintenance",
          "description": "The database moves on Sunday from 02:00 to 03:00 UTC.",
          "level": "Warning",
          "propagate": true,
          "expirationTime": "2026-11-29T03:00:00.000Z"
        }
        """)
@Doc("A notice shown to everybody in the namespace and, when it propagates, below.")
public record Message(
    Meta meta,
    @Doc("How loud it is shown.") @Example("Info") @Default("Info") Level level,
    Propagated propagated,
    Expiring expiring) {

  /** How loud a message is. */
  public enum Level {
    @Doc("Good to know.")
    INFO,
    @Doc("Look out.")
    WARNING,
    @Doc("Act now.")
    DANGER
  }
}
