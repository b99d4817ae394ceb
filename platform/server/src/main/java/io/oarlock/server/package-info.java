/** The one Main: reads configuration, constructs everything, owns shutdown. */
@NullMarked
package io.oarlock.server;

import org.jspecify.annotations.NullMarked;
