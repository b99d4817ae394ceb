/** Sinks that speak HTTP: CloudEvents, Splunk HEC, OTLP logs, Elastic _bulk. */
@NullMarked
package io.oarlock.forward.http;

import org.jspecify.annotations.NullMarked;
