package io.oarlock.cli;

import io.oarlock.cli.Wire.Request;
import io.oarlock.cli.Wire.Response;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Getting a file from a server that nobody vouches for but its certificate. */
final class Download {
  /** Longest silence while it comes. */
  private static final int SILENCE_MAX_MILLIS = 15_000;

  /** Longest time for all of it, so that a byte now and then does not go on forever. */
  private static final Duration TIME_MAX = Duration.ofMinutes(1);

  private static final int PIECE_BYTES = 64 * 1024;

  private Download() {}

  /**
   * The file at an https URL.
   *
   * @param ca certificates in PEM that vouch for the server, instead of those of the system
   * @param bytesMax a longer answer is refused
   */
  static byte[] get(URI uri, Optional<String> ca, int bytesMax) {
    var endpoint = new Endpoint("https://" + uri.getRawAuthority(), ca);
    var path = URI.create(uri.toASCIIString()).getRawPath();
    try (var wire = new Wire(endpoint)) {
      wire.readTimeout(SILENCE_MAX_MILLIS);
      var response = wire.send(new Request("GET", path, Map.of("Accept", "*/*"), ""));
      if (response.status() != 200) {
        throw refused(uri, response);
      }
      return body(uri, response, bytesMax);
    } catch (Failure failure) {
      throw failure.exit() == Exit.AUTH ? distrusted(failure) : failure;
    } catch (IOException | NumberFormatException e) {
      throw Failure.of(
          Exit.FAILURE, "Cannot get " + uri, Display.line(String.valueOf(e.getMessage())));
    }
  }

  private static Failure refused(URI uri, Response response) {
    var isMoved = response.status() >= 300 && response.status() < 400;
    return Failure.of(
        response.status() == 404 ? Exit.NOT_FOUND : Exit.FAILURE,
        Display.line(uri + " answered " + response.status() + " " + response.reason()),
        isMoved
            ? "Nobody is led elsewhere by a catalogue. Name the address it has now."
            : "Look at the address; a catalogue is a folder with an index.json.");
  }

  private static Failure distrusted(Failure failure) {
    return Failure.of(
        Exit.AUTH,
        failure.title(),
        failure.lines().getFirst(),
        "Name the authority that vouches for it: --ca-file FILE");
  }

  private static byte[] body(URI uri, Response response, int bytesMax) throws IOException {
    var until = System.nanoTime() + TIME_MAX.toNanos();
    var whole = new ByteArrayOutputStream();
    var piece = new byte[PIECE_BYTES];
    for (var read = response.body().read(piece); read >= 0; read = response.body().read(piece)) {
      whole.write(piece, 0, read);
      if (whole.size() > bytesMax) {
        throw Failure.of(Exit.CONFLICT, uri + " is larger than " + bytesMax + " bytes");
      }
      if (System.nanoTime() - until > 0) {
        throw new SocketTimeoutException("It is not there after " + TIME_MAX.toSeconds() + " s");
      }
    }
    return whole.toByteArray();
  }
}
