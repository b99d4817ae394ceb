package io.oarlock.marketplace.bundle;

import java.util.List;
import java.util.stream.Collectors;

/** A bundle is refused; everything that could be told at once is in it. */
public final class BundleException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient List<Fault> faults;

  BundleException(List<Fault> faults) {
    super(faults.stream().map(Fault::text).collect(Collectors.joining("\n")));
    this.faults = List.copyOf(faults);
  }

  BundleException(Fault fault) {
    this(List.of(fault));
  }

  /** What is wrong; never empty. */
  public List<Fault> faults() {
    return faults;
  }
}
