package io.oarlock.store.kit;

/** All promises of a store; a store's test implements it and gives the store. */
public interface ResourceStoreContract
    extends WriteContract, QueryContract, EventLogContract, LeaseContract, RandomContract {}
