package io.oarlock.engine;

/** What answers callers from outside who hold the URL of an automation. */
interface Inbound {
  InboundCall.Reply call(InboundCall call);
}
