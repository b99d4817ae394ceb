/** The worker process and its supervisor. */
@NullMarked
package io.oarlock.automations.worker;

import org.jspecify.annotations.NullMarked;
