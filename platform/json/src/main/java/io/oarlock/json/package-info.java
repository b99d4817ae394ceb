/** JSON text to and from the tree form, bounded and strict. */
@NullMarked
package io.oarlock.json;

import org.jspecify.annotations.NullMarked;
