/** Publishes and installs apps through the pipeline of the platform. */
@NullMarked
package io.oarlock.marketplace.installer;

import org.jspecify.annotations.NullMarked;
