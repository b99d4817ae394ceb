/** A mail server for tests. */
@NullMarked
package io.oarlock.mail.kit;

import org.jspecify.annotations.NullMarked;
