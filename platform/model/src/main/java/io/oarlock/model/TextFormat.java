package io.oarlock.model;

/** The syntax of a text value beyond its length. */
public enum TextFormat {
  /** No syntax of its own. */
  PLAIN,
  /** RFC 3339 in UTC with milliseconds: {@code 2026-11-21T23:50:00.000Z}. */
  INSTANT,
  /** ISO 8601 duration without calendar parts: {@code PT30S}. */
  DURATION,
  /** {@code key=value}. */
  TAG,
  /** A term of a tag expression: a tag, {@code key}, {@code !key=value}, {@code key=prefix*}. */
  TAG_TERM,
  /** Path of a namespace: {@code /acme/prod}. */
  NAMESPACE,
  /** IPv4 or IPv6 network in CIDR notation. */
  CIDR,
  /** Quartz cron (six or seven fields) or five-field cron. */
  CRON,
  /** IANA time zone. */
  TIME_ZONE,
  /** One or more PEM blocks. */
  PEM,
  /** Absolute http or https URL. */
  URL,
  /** Mail address. */
  EMAIL,
  /** {@code proto/port[:port]}, {@code proto}, {@code icmp/type/code}, or {@code any}. */
  PORTS,
  /** Filter expression, see Filter. */
  FILTER,
  /** Name of a resource type. */
  RESOURCE_TYPE,
  /** Name of a resource type, or {@code *} for every type. */
  PERMITTED_TYPE,
  /** {@code type:operation,operation}, {@code *} for all, or a role as {@code @role=name}. */
  PERMISSION,
  /** Identifier of a resource. */
  ID,
  /** Markdown text. */
  MARKDOWN,
  /** ECMAScript source. */
  JAVASCRIPT
}
