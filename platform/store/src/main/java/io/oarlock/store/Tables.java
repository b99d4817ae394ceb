package io.oarlock.store;

import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.type.ByteArrayDataType;
import org.h2.mvstore.type.DataType;
import org.h2.mvstore.type.LongDataType;
import org.h2.mvstore.type.StringDataType;

/**
 * The four maps of a store file.
 *
 * @param documents number of the type and id → document
 * @param index see {@link IndexEntry} → nothing
 * @param events sequence → event
 * @param state words of the store itself: format, numbers of types and indexes, leases
 */
record Tables(
    MVMap<byte[], byte[]> documents,
    MVMap<byte[], byte[]> index,
    MVMap<Long, byte[]> events,
    MVMap<String, byte[]> state) {

  static Tables of(MVStore file) {
    return new Tables(
        keyed(file, "documents", ByteArrayDataType.INSTANCE),
        keyed(file, "index", NothingType.INSTANCE),
        file.openMap(
            "events",
            new MVMap.Builder<Long, byte[]>()
                .keyType(LongDataType.INSTANCE)
                .valueType(ByteArrayDataType.INSTANCE)),
        file.openMap(
            "state",
            new MVMap.Builder<String, byte[]>()
                .keyType(StringDataType.INSTANCE)
                .valueType(ByteArrayDataType.INSTANCE)));
  }

  private static MVMap<byte[], byte[]> keyed(MVStore file, String name, DataType<byte[]> values) {
    return file.openMap(
        name, new MVMap.Builder<byte[], byte[]>().keyType(KeyType.INSTANCE).valueType(values));
  }

  /** The same maps as they are at a version, which must be in use; later changes do not show. */
  Tables at(long version) {
    return new Tables(
        documents.openVersion(version),
        index.openVersion(version),
        events.openVersion(version),
        state.openVersion(version));
  }
}
