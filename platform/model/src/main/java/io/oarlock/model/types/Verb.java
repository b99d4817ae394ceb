package io.oarlock.model.types;

import io.oarlock.model.Doc;
import io.oarlock.model.Wire;

/** An operation as permissions spell it. */
public enum Verb {
  @Doc("Make one.")
  @Wire("create")
  CREATE,
  @Doc("Read one.")
  @Wire("get")
  GET,
  @Doc("List and search them.")
  @Wire("list")
  LIST,
  @Doc("Count them.")
  @Wire("count")
  COUNT,
  @Doc("Replace one.")
  @Wire("update")
  UPDATE,
  @Doc("Change parts of one.")
  @Wire("patch")
  PATCH,
  @Doc("Remove one.")
  @Wire("delete")
  DELETE,
  @Doc("Every operation.")
  @Wire("*")
  ANY
}
