/** Traces as OpenTelemetry tells them; nothing else knows that library. */
@NullMarked
package io.oarlock.traces;

import org.jspecify.annotations.NullMarked;
