package io.oarlock.model.types;

import io.oarlock.model.Doc;

/** A change of a resource. */
public enum WriteOperation {
  @Doc("A resource is made.")
  CREATE,
  @Doc("A resource changes, by PUT or PATCH.")
  UPDATE,
  @Doc("A resource is removed.")
  DELETE
}
