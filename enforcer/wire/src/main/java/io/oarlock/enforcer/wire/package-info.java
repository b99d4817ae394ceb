/**
 * Who is on the other end of a connection, and how bytes travel once that is known. Start at {@code
 * Initiator} and {@code Responder}, then {@code Session}. Bytes in, bytes out: no sockets, no
 * threads.
 */
@NullMarked
package io.oarlock.enforcer.wire;

import org.jspecify.annotations.NullMarked;
