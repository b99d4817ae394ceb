/**
 * The program on a host. Start at {@code Agent}: it enrols, holds the policies of its namespace and
 * lets the units of this host talk as they say, whether or not the platform is there.
 */
@NullMarked
package io.oarlock.enforcer.agent;

import org.jspecify.annotations.NullMarked;
