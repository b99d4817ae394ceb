/** The format of apps: manifest, files, digest, signature, and a reader that trusts none of it. */
@NullMarked
package io.oarlock.marketplace.bundle;

import org.jspecify.annotations.NullMarked;
