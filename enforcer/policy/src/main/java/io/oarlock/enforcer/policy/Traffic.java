package io.oarlock.enforcer.policy;

import io.oarlock.model.Ports;

/** What is to be sent. */
public sealed interface Traffic {

  /**
   * Segments or datagrams to a port.
   *
   * @param protocol {@code tcp} or {@code udp}
   * @param port of the receiver, 1 to 65535
   */
  record ToPort(String protocol, int port) implements Traffic {
    @Override
    public boolean isOf(Ports ports) {
      return ports.covers(protocol, port);
    }

    @Override
    public String toString() {
      return protocol + "/" + port;
    }
  }

  /**
   * A control message.
   *
   * @param protocol {@code icmp} or {@code icmp6}
   */
  record Control(String protocol, int type, int code) implements Traffic {
    @Override
    public boolean isOf(Ports ports) {
      return ports.coversIcmp(protocol, type, code);
    }

    @Override
    public String toString() {
      return protocol + "/" + type + "/" + code;
    }
  }

  static Traffic tcp(int port) {
    return new ToPort("tcp", port);
  }

  static Traffic udp(int port) {
    return new ToPort("udp", port);
  }

  /** Whether a policy that names these ports speaks of it. */
  boolean isOf(Ports ports);
}
