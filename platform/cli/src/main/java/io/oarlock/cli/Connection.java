package io.oarlock.cli;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;

/** What HTTP is spoken over. */
interface Connection extends Closeable {
  InputStream in() throws IOException;

  OutputStream out() throws IOException;

  /** How long to wait for the next byte. */
  void readTimeout(int millis) throws IOException;

  /** TCP, with TLS over it or without. */
  record Tcp(Socket socket) implements Connection {
    @Override
    public InputStream in() throws IOException {
      return socket.getInputStream();
    }

    @Override
    public OutputStream out() throws IOException {
      return socket.getOutputStream();
    }

    @Override
    public void readTimeout(int millis) throws IOException {
      socket.setSoTimeout(millis);
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}
