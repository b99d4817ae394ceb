/** Hosts made of network namespaces, each with an enforcer, and plain programs on them. */
@NullMarked
package io.oarlock.enforcer.lab;

import org.jspecify.annotations.NullMarked;
