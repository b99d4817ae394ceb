package io.oarlock.engine;

import io.oarlock.model.Cidr;
import java.net.InetAddress;
import java.util.Locale;

/** One line of the allow-list of an egress policy. */
sealed interface EgressEntry {
  /** All addresses of a network. */
  record Network(Cidr cidr) implements EgressEntry {}

  /** One host by name, wherever the name leads. */
  record Host(String name) implements EgressEntry {}

  /** Every host below a domain, not the domain itself; {@code suffix} starts with a dot. */
  record Domain(String suffix) implements EgressEntry {}

  /** Reads {@code 10.0.0.0/8}, {@code 10.0.0.1}, {@code host} or {@code *.example.com}. */
  static EgressEntry parse(String text) {
    if (text.indexOf('/') >= 0) {
      return new Network(Cidr.parse(text));
    }
    if (Hosts.isNumeric(text)) {
      return new Network(new Cidr(Cidr.address(text), 32));
    }
    var name = text.toLowerCase(Locale.ROOT);
    name = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    return name.startsWith("*.") ? new Domain(name.substring(1)) : new Host(name);
  }

  /** Whether a host of that name (in lower case) at that address is meant. */
  default boolean covers(String host, InetAddress address) {
    return switch (this) {
      case Network(var cidr) -> cidr.contains(address);
      case Host(var name) -> name.equals(host);
      case Domain(var suffix) -> host.endsWith(suffix) && host.length() > suffix.length();
    };
  }

  /** Whether everything the other means is meant here. */
  default boolean covers(EgressEntry other) {
    return switch (other) {
      case Network(var cidr) -> this instanceof Network(var mine) && mine.contains(cidr);
      case Host(var name) ->
          equals(other)
              || (this instanceof Domain(var suffix)
                  && name.endsWith(suffix)
                  && name.length() > suffix.length());
      case Domain(var suffix) -> this instanceof Domain(var mine) && suffix.endsWith(mine);
    };
  }
}
