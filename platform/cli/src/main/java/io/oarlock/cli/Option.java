package io.oarlock.cli;

import java.util.List;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** The options and words commands take; the same word means the same everywhere. */
final class Option {
  static final String NAMESPACE = "--namespace";
  static final String PROFILE = "--profile";
  static final String RECURSIVE = "--recursive";
  static final String OUTPUT = "--output";
  static final String COLUMNS = "--columns";
  static final String FILTER = "--filter";
  static final String FILE = "--file";
  static final String SET = "--set";
  static final String DRY_RUN = "--dry-run";
  static final String TRACE = "--trace";
  static final String VERBOSE = "--verbose";

  private Option() {}

  static OptionSpec flag(String doc, String... names) {
    return OptionSpec.builder(names).type(boolean.class).arity("0").description(doc).build();
  }

  static OptionSpec text(String label, String doc, String... names) {
    return OptionSpec.builder(names).type(String.class).paramLabel(label).description(doc).build();
  }

  static OptionSpec many(String label, String doc, String... names) {
    return OptionSpec.builder(names)
        .type(List.class)
        .auxiliaryTypes(String.class)
        .paramLabel(label)
        .arity("1")
        .description(doc)
        .build();
  }

  static OptionSpec number(String label, String doc, String... names) {
    return OptionSpec.builder(names).type(Long.class).paramLabel(label).description(doc).build();
  }

  static PositionalParamSpec word(int index, String label, String doc) {
    return place(index, label, doc).required(true).arity("1").build();
  }

  static PositionalParamSpec maybe(int index, String label, String doc) {
    return place(index, label, doc).required(false).arity("0..1").build();
  }

  static PositionalParamSpec words(String label, String doc) {
    return PositionalParamSpec.builder()
        .index("0..*")
        .arity("0..*")
        .type(List.class)
        .auxiliaryTypes(String.class)
        .paramLabel(label)
        .description(doc)
        .build();
  }

  private static PositionalParamSpec.Builder place(int index, String label, String doc) {
    return PositionalParamSpec.builder()
        .index(Integer.toString(index))
        .type(String.class)
        .paramLabel(label)
        .description(doc);
  }

  static OptionSpec namespace() {
    return text("NS", "Namespace to work in; default: that of the profile.", "-n", NAMESPACE);
  }

  static OptionSpec recursive() {
    return flag("Also what is in the namespaces below.", "-r", RECURSIVE);
  }

  static OptionSpec filter() {
    return text(
        "FILTER", "Only what matches, such as: name == web and enabled == true.", "-q", FILTER);
  }

  static OptionSpec output() {
    return text("FORMAT", "table, wide, json, yaml, name, csv or jsonpath=PATH.", "-o", OUTPUT);
  }

  /** For answers that are no resources. */
  static OptionSpec treeOutput() {
    return text("FORMAT", "json, yaml or jsonpath=PATH.", "-o", OUTPUT);
  }

  static OptionSpec columns() {
    return text("COLUMNS", "Attributes to show, separated by commas.", "-c", COLUMNS);
  }

  static OptionSpec file() {
    return many("FILE", "File or directory with YAML or JSON; - for standard input.", "-f", FILE);
  }

  static OptionSpec set() {
    return many(
        "ATTR=VALUE", "Sets an attribute; := takes JSON, @= the content of a file.", "-s", SET);
  }

  static OptionSpec dryRun() {
    return flag("Checks and shows the outcome without storing it.", DRY_RUN);
  }
}
