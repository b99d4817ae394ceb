package io.oarlock.spi;

import java.time.Instant;
import java.util.Map;

/**
 * One event on its way to a sink.
 *
 * @param id the same however often it is sent
 * @param sequence its place in the log
 * @param type of the resource, for example {@code networkaccesspolicy}
 * @param operation {@code Create}, {@code Update} or {@code Delete}
 * @param object the resource, secrets masked
 * @param payload a JSON tree: the whole event, or what the forwarder's transform made of it
 */
public record Outgoing(
    String id,
    long sequence,
    Instant time,
    String type,
    String operation,
    String namespace,
    String resourceId,
    Map<String, Object> object,
    Object payload) {}
