/** The sink for mail servers. */
@NullMarked
package io.oarlock.forward.smtp;

import org.jspecify.annotations.NullMarked;
