package io.oarlock.enforcer.policy;

import java.util.List;

/**
 * Why a connection is decided as it is, on both sides, and how little would let it pass.
 *
 * @param changes made together they allow it, and none can be left out; empty when it is allowed
 */
public record Why(Verdict initiator, Verdict receiver, List<Change> changes) {
  public Why {
    changes = List.copyOf(changes);
  }

  /**
   * Explains a connection. It compiles the rules anew for each change it tries: this is for people
   * who ask, not for the path of a connection.
   */
  public static Why of(Policies policies, Connection connection) {
    var initiator = policies.decide(connection, Side.INITIATOR);
    var receiver = policies.decide(connection, Side.RECEIVER);
    var changes =
        initiator.allowed() && receiver.allowed()
            ? List.<Change>of()
            : new Mending(policies, connection).changes();
    return new Why(initiator, receiver, changes);
  }

  /** Whether both sides allow it. */
  public boolean allowed() {
    return initiator.allowed() && receiver.allowed();
  }
}
