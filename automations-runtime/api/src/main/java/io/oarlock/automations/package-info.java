/// What the platform asks of whatever runs its automations: a request, a result, and the calls a
/// running script may make. Plain records and interfaces over the JDK, so that a second engine can
/// stand behind the same contract.
///
/// Trees are `Map<String, Object>`, `List<Object>`, `String`, `Long`, `Double` and `Boolean`.
@NullMarked
package io.oarlock.automations;

import org.jspecify.annotations.NullMarked;
