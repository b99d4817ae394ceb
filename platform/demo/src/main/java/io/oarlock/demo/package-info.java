/** A demonstration that plays against a running platform and tells what really happened. */
@NullMarked
package io.oarlock.demo;

import org.jspecify.annotations.NullMarked;
