package io.oarlock.model;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.regex.Pattern;

/** Syntaxes of URLs and mail addresses; nothing here asks a name server. */
final class NetworkFormats {
  private static final Pattern MAIL =
      Pattern.compile("[^\\s@<>\"(),:;\\\\]{1,64}@[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)*");

  private NetworkFormats() {}

  static Optional<TextCheck.Fault> url(String text) {
    try {
      var uri = new URI(text);
      var scheme = uri.getScheme();
      if (!"https".equalsIgnoreCase(scheme) && !"http".equalsIgnoreCase(scheme)) {
        return TextCheck.Fault.of("is not a URL that starts with https:// or http://");
      }
      if (uri.getHost() == null) {
        return TextCheck.Fault.of("is a URL without a host");
      }
      return uri.getRawUserInfo() == null
          ? Optional.empty()
          : TextCheck.Fault.of("has a user or a password in it: URLs are logged, secrets are not");
    } catch (URISyntaxException e) {
      return TextCheck.Fault.of("is not a URL: " + e.getReason() + " at index " + e.getIndex());
    }
  }

  static Optional<TextCheck.Fault> email(String text) {
    return MAIL.matcher(text).matches()
        ? Optional.empty()
        : TextCheck.Fault.of("is not a mail address like ada@example.com");
  }
}
