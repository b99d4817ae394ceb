package io.oarlock.marketplace.bundle;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Icons and screenshots: what their names say has to be what they are, by their first bytes, and no
 * SVG may run anything.
 */
final class Pictures {
  /** Kinds by the ends of names. */
  private static final Map<String, String> KINDS =
      Map.of("png", "png", "jpg", "jpeg", "jpeg", "jpeg", "webp", "webp", "svg", "svg");

  private static final Set<String> ICONS = Set.of("png", "svg");
  private static final Set<String> SCREENSHOTS = Set.of("png", "jpeg", "webp");

  private static final byte[] PNG = HexFormat.of().parseHex("89504e470d0a1a0a");
  private static final byte[] JPEG = HexFormat.of().parseHex("ffd8ff");
  private static final byte[] RIFF = "RIFF".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] WEBP = "WEBP".getBytes(StandardCharsets.US_ASCII);
  private static final int WEBP_AT = 8;

  /** What an SVG could do something by, or lead elsewhere with, in small letters. */
  private static final List<String> ACTIVE =
      List.of("<script", "javascript:", "<!doctype", "<!entity", "<foreignobject");

  private Pictures() {}

  static Optional<Fault> icon(String path, byte[] bytes) {
    return fault(path, bytes, ICONS, Limits.ICON_MAX, "An icon is SVG or PNG");
  }

  static Optional<Fault> screenshot(String path, byte[] bytes) {
    return fault(
        path, bytes, SCREENSHOTS, Limits.SCREENSHOT_MAX, "A screenshot is PNG, JPEG or WebP");
  }

  private static Optional<Fault> fault(
      String path, byte[] bytes, Set<String> kinds, int most, String rule) {
    var end = path.substring(path.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    var named = KINDS.getOrDefault(end, "");
    if (!kinds.contains(named) || !kind(bytes).equals(named)) {
      return Optional.of(
          new Fault(
              "wrong-picture",
              BundlePath.shown(path),
              rule + ", by its name and by what is in it.",
              "Save it as one, under a name that says which."));
    }
    return bytes.length > most
        ? Optional.of(
            new Fault(
                "picture-too-large",
                BundlePath.shown(path),
                "It has %d bytes, and at most %d are taken.".formatted(bytes.length, most),
                "Make it smaller."))
        : Optional.empty();
  }

  private static String kind(byte[] bytes) {
    if (begins(bytes, 0, PNG)) {
      return "png";
    }
    if (begins(bytes, 0, JPEG)) {
      return "jpeg";
    }
    if (begins(bytes, 0, RIFF) && begins(bytes, WEBP_AT, WEBP)) {
      return "webp";
    }
    return isStill(new String(bytes, StandardCharsets.UTF_8).toLowerCase(Locale.ROOT)) ? "svg" : "";
  }

  private static boolean isStill(String text) {
    var start = text.strip();
    var isSvg = start.startsWith("<svg") || (start.startsWith("<?xml") && start.contains("<svg"));
    return isSvg && ACTIVE.stream().noneMatch(text::contains);
  }

  private static boolean begins(byte[] bytes, int at, byte[] with) {
    return bytes.length >= at + with.length
        && Arrays.equals(bytes, at, at + with.length, with, 0, with.length);
  }
}
