package io.oarlock.enforcer.agent;

import io.oarlock.model.Tag;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * An account of this host, with its groups. It is asked for with getent(1) and id(1): directories
 * such as LDAP answer as they do for a login, and one that hangs or crashes takes nothing of the
 * agent with it.
 *
 * @param gid its first group
 * @param groups all its groups, by number
 * @param groupNames the same by name
 */
record HostUser(
    String name, long gid, List<Long> groups, List<String> groupNames, String home, String shell) {
  /** Starts the tags that tell of an account; nobody but an agent gives them to a unit. */
  static final String USER_TAG = "@os:user=";

  static final String GROUP_TAG = "@os:group=";

  /** Most groups of an account: each is a tag in every profile of the unit. */
  static final int GROUPS_MAX = 32;

  private static final String PATIENCE_SECONDS = "10";
  private static final int TOOK_TOO_LONG = 124;
  private static final String NAME = "[A-Za-z_][A-Za-z0-9_.@-]{0,127}[$]?";

  /** Fields of a line of passwd(5). */
  private static final int FIELDS = 7;

  private static final int GID = 3;
  private static final int HOME = 5;
  private static final int SHELL = 6;

  HostUser {
    groups = List.copyOf(groups);
    groupNames = List.copyOf(groupNames);
  }

  /**
   * The account of that name, as its host knows it now.
   *
   * @throws AgentException when there is none, or it is in more than {@link #GROUPS_MAX} groups
   */
  static HostUser find(String name) {
    if (!name.matches(NAME)) {
      throw new AgentException(
          "The name of a user begins with a letter or _ and has letters, digits, and _ . @ -");
    }
    var fields = ask(name, "getent", "passwd", "--", name).strip().split(":", -1);
    if (fields.length != FIELDS) {
      throw new AgentException("getent tells of the user " + name + " in another way than others");
    }
    var known = fields[0];
    var names = split(ask(known, "id", "-Gnz", "--", known));
    if (names.size() > GROUPS_MAX) {
      throw new AgentException(
          "The user %s is in %d groups, of which a unit carries at most %d; take it out of some"
              .formatted(known, names.size(), GROUPS_MAX));
    }
    return new HostUser(
        known,
        Long.parseLong(fields[GID]),
        split(ask(known, "id", "-Gz", "--", known)).stream().map(Long::valueOf).toList(),
        names,
        fields[HOME].isEmpty() ? "/" : fields[HOME],
        fields[SHELL].isEmpty() ? "/bin/sh" : fields[SHELL]);
  }

  private static List<String> split(String words) {
    return Stream.of(words.split("\0", -1)).filter(word -> !word.isEmpty()).toList();
  }

  private static String ask(String name, String... question) {
    var command = new ArrayList<>(List.of("timeout", PATIENCE_SECONDS));
    command.addAll(List.of(question));
    try {
      var process = new ProcessBuilder(command).redirectErrorStream(true).start();
      process.getOutputStream().close();
      var words = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      var code = process.waitFor();
      if (code == 0) {
        return words;
      }
      throw new AgentException(
          "This host knows no user %s%s; make the account first, for example with adduser"
              .formatted(name, reason(code, words.strip())));
    } catch (IOException e) {
      throw new AgentException(
          "The users of this host cannot be asked for: %s. Install Debian's coreutils and libc-bin"
              .formatted(e.getMessage()),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AgentException("It was interrupted while asking for the user " + name, e);
    }
  }

  private static String reason(int code, String words) {
    if (code == TOOK_TOO_LONG) {
      return " (no answer within " + PATIENCE_SECONDS + " s)";
    }
    return words.isEmpty() ? "" : " (" + words + ")";
  }

  /** What policies can say of a unit that acts for it. */
  List<String> tags() {
    return Stream.concat(
            Stream.of(USER_TAG + name), groupNames.stream().map(group -> GROUP_TAG + group))
        .map(HostUser::tag)
        .toList();
  }

  private static String tag(String text) {
    try {
      return Tag.parse(text).toString();
    } catch (IllegalArgumentException e) {
      throw new AgentException("The tag " + text + " cannot be: " + e.getMessage(), e);
    }
  }

  /** The groups as setpriv(1) wants them. */
  String groupList() {
    return groups.stream().map(String::valueOf).collect(Collectors.joining(","));
  }

  /** What a login would set, for env(1). */
  List<String> environment() {
    return List.of("HOME=" + home, "USER=" + name, "LOGNAME=" + name, "SHELL=" + shell);
  }

  Map<String, Object> tree() {
    var tree = new LinkedHashMap<String, Object>();
    tree.put("name", name);
    tree.put("gid", gid);
    tree.put("groups", groups);
    tree.put("groupNames", groupNames);
    tree.put("home", home);
    tree.put("shell", shell);
    return tree;
  }

  static HostUser of(Map<String, Object> tree) {
    var groups = new ArrayList<Long>();
    if (tree.get("groups") instanceof List<?> numbers) {
      numbers.forEach(each -> groups.add(((Number) each).longValue()));
    }
    return new HostUser(
        Tree.required(tree, "name"),
        Tree.number(tree, "gid"),
        groups,
        Tree.texts(tree.get("groupNames")),
        Tree.required(tree, "home"),
        Tree.required(tree, "shell"));
  }
}
