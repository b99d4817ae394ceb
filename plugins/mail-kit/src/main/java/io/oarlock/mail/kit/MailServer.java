package io.oarlock.mail.kit;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The SMTP server of Debian's python3-aiosmtpd, on a port of loopback that it chooses itself. It
 * keeps what it gets in a folder of files, and ends with the process that started it.
 */
public final class MailServer implements AutoCloseable {
  private static final String PYTHON = "/usr/bin/python3";
  private static final long END_MAX_SECONDS = 30;

  /** It listens before it says where, and ends when nobody holds the other end of its input. */
  private static final String PROGRAM =
      """
      import asyncio, ssl, sys
      from aiosmtpd.handlers import Mailbox
      from aiosmtpd.smtp import SMTP

      async def main(mails, certificate=None, key=None):
          tls = None
          if certificate:
              tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
              tls.load_cert_chain(certificate, key)
          handler = Mailbox(mails)
          loop = asyncio.get_running_loop()
          server = await loop.create_server(
              lambda: SMTP(handler, enable_SMTPUTF8=True, tls_context=tls, require_starttls=bool(tls)),
              '127.0.0.1', 0)
          print(server.sockets[0].getsockname()[1], flush=True)
          await loop.run_in_executor(None, sys.stdin.read)

      asyncio.run(main(*sys.argv[1:]))
      """;

  private final Process process;
  private final int port;
  private final Path folder;

  private MailServer(Process process, int port, Path folder) {
    this.process = process;
    this.port = port;
    this.folder = folder;
  }

  /** Skips the test where there is no aiosmtpd; in continuous integration it fails. */
  public static void require() throws IOException, InterruptedException {
    var isThere = Files.isExecutable(Path.of(PYTHON)) && run("import aiosmtpd").waitFor() == 0;
    if (!isThere && "true".equals(System.getenv("CI"))) {
      throw new AssertionError("aiosmtpd is not installed, and this is continuous integration");
    }
    assumeTrue(isThere, "aiosmtpd is not installed: apt install python3-aiosmtpd");
  }

  private static Process run(String... words) throws IOException {
    var command = new ArrayList<>(List.of(PYTHON, "-c"));
    command.addAll(List.of(words));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
  }

  /** One that takes mail in the clear; its mails will be in this folder. */
  public static MailServer start(Path folder) throws IOException {
    return listening(folder, run(PROGRAM, folder.toString()));
  }

  /** One that takes mail after STARTTLS only, with this certificate and key in PEM. */
  public static MailServer start(Path folder, Path certificate, Path key) throws IOException {
    return listening(
        folder, run(PROGRAM, folder.toString(), certificate.toString(), key.toString()));
  }

  private static MailServer listening(Path folder, Process process) throws IOException {
    var told =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    var line = told.readLine();
    if (line == null) {
      process.destroyForcibly();
      throw new IOException("the mail server ended before it listened");
    }
    return new MailServer(process, Integer.parseInt(line), folder);
  }

  public int port() {
    return port;
  }

  /** A file for each mail that came, whole. */
  public List<Path> mails() throws IOException {
    // A Maildir: what is still being written is in another folder.
    var arrived = folder.resolve("new");
    if (!Files.isDirectory(arrived)) {
      return List.of();
    }
    try (var files = Files.list(arrived)) {
      return files.toList();
    }
  }

  /** All mails, as they came over the wire. */
  public String text() throws IOException {
    var text = new StringBuilder();
    for (var mail : mails()) {
      text.append(Files.readString(mail));
    }
    return text.toString();
  }

  @Override
  public void close() throws IOException {
    process.getOutputStream().close();
    try {
      if (process.waitFor(END_MAX_SECONDS, TimeUnit.SECONDS)) {
        return;
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    process.destroyForcibly();
  }
}
