package io.oarlock.cli;

import java.util.List;
import java.util.Optional;
import picocli.CommandLine.ParseResult;

/** What stood on the command line, by the names of options and the places of words. */
record Arguments(ParseResult parsed) {

  Optional<String> text(String option) {
    return Optional.ofNullable(parsed.matchedOptionValue(option, null));
  }

  boolean flag(String option) {
    return parsed.hasMatchedOption(option);
  }

  /** Values of an option that may be repeated. */
  List<String> all(String option) {
    return parsed.matchedOptionValue(option, List.of());
  }

  Optional<Long> number(String option) {
    return Optional.ofNullable(parsed.<Long>matchedOptionValue(option, null));
  }

  /** The word at that place, from 0. */
  Optional<String> word(int index) {
    return Optional.ofNullable(parsed.<String>matchedPositionalValue(index, null));
  }

  /** All words, when a command takes any number. */
  List<String> words() {
    return parsed.matchedPositionalValue(0, List.of());
  }
}
