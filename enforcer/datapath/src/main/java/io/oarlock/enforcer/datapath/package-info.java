/**
 * The path of a connection through a host's enforcer. Start at {@code Datapath}. Everything about
 * one connection happens on one event loop; what connections share is the snapshot of policies and
 * the register of live flows.
 */
@NullMarked
package io.oarlock.enforcer.datapath;

import org.jspecify.annotations.NullMarked;
