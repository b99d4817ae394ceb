package io.oarlock.spi;

import io.oarlock.model.NamespacePath;
import io.oarlock.model.Operation;
import io.oarlock.model.ResourceModel;
import io.oarlock.model.Violation;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A write of a resource on its way through the pipeline. Writes of other resources that are added
 * to it go through the pipeline as well, in the name of the same caller, and are committed with it
 * or not at all; the first that is refused refuses the whole, as a {@link
 * io.oarlock.model.Problem}.
 */
public interface TypeWrite {
  /** What is done: CREATE, UPDATE, PATCH or DELETE. */
  Operation operation();

  /** Whether it will not be committed. */
  boolean isDryRun();

  /** Name of the type. */
  String type();

  NamespacePath namespace();

  /** The types of the platform. */
  ResourceModel model();

  /** What will be stored, or is stored when it is deleted; can be changed. */
  Map<String, Object> resource();

  /** What is stored now; empty for a CREATE. */
  Optional<Map<String, Object>> original();

  /** Refuses the write when the plugin is done, together with what else it refused. */
  void refuse(Violation violation);

  /** A resource of this namespace or one below, whoever may read it, as it is stored. */
  Optional<Map<String, Object>> stored(String type, String id);

  /**
   * The resources of a namespace that have a value, whoever may read them, as they are stored:
   * hidden attributes included, secrets sealed. At most 1000.
   */
  List<Map<String, Object>> stored(
      String type, NamespacePath namespace, String attribute, Object value);

  /** Adds a resource of this namespace; returns it as it will be. */
  Map<String, Object> create(String type, Map<String, Object> body);

  /** Replaces a resource of this namespace; returns it as it will be. */
  Map<String, Object> update(String type, String id, Map<String, Object> body);

  /** Removes a resource of this namespace. */
  void delete(String type, String id);

  /**
   * Makes an automation of this namespace keep these values between its runs and no others. Each is
   * a {@code kventry} as it is stored; of which automation it was does not matter.
   */
  void keep(String automation, List<Map<String, Object>> values);

  /**
   * What automations would have done about the events of the last day, in dry runs: nothing is
   * written, sent or opened. Takes up to 20 s; those that listen to no events are left out.
   *
   * @param wanted as {@link #create} and {@link #update} returned them
   * @return for each: {@code automation}, {@code since}, {@code events}, {@code succeeded}, {@code
   *     skipped}, {@code failed}, {@code effects} of {@code kind}, {@code what} and {@code count},
   *     and {@code fault} where a run failed
   */
  List<Object> rehearse(List<Map<String, Object>> wanted);
}
