/** The oarlock command. */
@NullMarked
package io.oarlock.cli;

import org.jspecify.annotations.NullMarked;
