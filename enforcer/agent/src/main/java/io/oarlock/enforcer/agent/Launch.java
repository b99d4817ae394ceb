package io.oarlock.enforcer.agent;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * As whom the program of a unit runs: a user of its own, whom nothing it does changes any more.
 *
 * @param account whom it acts for: the program gets its groups and the environment of its login,
 *     and not its number
 */
record Launch(long uid, Optional<HostUser> account) {

  /** A unit that acts for nobody. */
  static Launch alone(long uid) {
    return new Launch(uid, Optional.empty());
  }

  /** What an agent granted. */
  static Launch of(Map<String, Object> granted) {
    return new Launch(
        Tree.number(granted, "uid"),
        Optional.of(Tree.object(granted.get("account")))
            .filter(tree -> !tree.isEmpty())
            .map(HostUser::of));
  }

  Map<String, Object> tree() {
    var tree = new LinkedHashMap<String, Object>();
    tree.put("uid", uid);
    account.ifPresent(each -> tree.put("account", each.tree()));
    return tree;
  }

  /** The command that starts that program; without one, the shell of the account. */
  List<String> command(List<String> program) {
    var words = new ArrayList<>(List.of("setpriv", "--reuid=" + uid));
    words.add("--regid=" + account.map(HostUser::gid).orElse(uid));
    words.add(account.map(each -> "--groups=" + each.groupList()).orElse("--clear-groups"));
    words.addAll(List.of("--no-new-privs", "--inh-caps=-all", "--bounding-set=-all", "--"));
    account.ifPresent(each -> {
      words.add("env");
      words.addAll(each.environment());
    });
    words.addAll(program.isEmpty() ? session() : program);
    return words;
  }

  private List<String> session() {
    return account
        .map(each -> List.of(each.shell(), "-l"))
        .orElseThrow(() -> new AgentException("Which program? Write it after --"));
  }
}
