/**
 * Who may talk to whom. Start at {@code Policies}: rules compiled once, asked for every connection.
 * It reads no files and opens no sockets, so the platform can answer with the same code.
 */
@NullMarked
package io.oarlock.enforcer.policy;

import org.jspecify.annotations.NullMarked;
