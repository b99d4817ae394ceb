/** What a plugin of the platform sees: factories, and what they are given to work with. */
@NullMarked
package io.oarlock.spi;

import org.jspecify.annotations.NullMarked;
