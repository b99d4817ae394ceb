/** The sink for syslog servers. */
@NullMarked
package io.oarlock.forward.syslog;

import org.jspecify.annotations.NullMarked;
