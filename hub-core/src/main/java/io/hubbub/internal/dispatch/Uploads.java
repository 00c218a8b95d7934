package io.hubbub.internal.dispatch;

import io.hubbub.HubException;
import io.hubbub.HubOptions;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The uploads of one connection, by the ids that the client chose. An id is free again when the
 * client has ended its upload; against the limit an upload counts until its call has ended.
 *
 * <p>Threads: opened and fed from the receive callback; all else from any.
 */
final class Uploads {
  private final Map<String, Upload> open = new ConcurrentHashMap<>(4);
  private final AtomicInteger held = new AtomicInteger();
  private final HubOptions options;
  private final Executor executor;
  private volatile boolean lost;

  Uploads(HubOptions options, Executor executor) {
    this.options = options;
    this.executor = executor;
  }

  /**
   * Opens the uploads of one call.
   *
   * @throws CallRefusedException if one of the ids is in use, or there are too many uploads; none
   *     is open then
   */
  List<Upload> open(List<String> ids, List<Type> itemTypes, ClientErrors errors) {
    int limit = options.maximumUploads();
    if (held.addAndGet(ids.size()) > limit) {
      held.addAndGet(-ids.size());
      throw new CallRefusedException(errors.tooManyUploads(limit));
    }
    Upload[] opened = new Upload[ids.size()];
    for (int i = 0; i < opened.length; i++) {
      opened[i] =
          new Upload(ids.get(i), itemTypes.get(i), options.streamBufferCapacity(), executor);
      if (open.putIfAbsent(ids.get(i), opened[i]) != null) {
        held.addAndGet(-ids.size());
        for (int j = 0; j < i; j++) {
          open.remove(ids.get(j));
        }
        throw new CallRefusedException(errors.streamIdInUse(ids.get(i)));
      }
    }
    if (lost) {
      loseAll();
    }
    return List.of(opened);
  }

  /** The method has ended: later items of its uploads are ignored. */
  void close(List<Upload> uploads) {
    held.addAndGet(-uploads.size());
    for (Upload upload : uploads) {
      open.remove(upload.id(), upload);
      upload.end(null);
    }
  }

  /** The type of an upload's items; null when there is no such upload. */
  @Nullable Type itemType(String id) {
    Upload upload = open.get(id);
    return upload == null ? null : upload.itemType();
  }

  /** An item has come. */
  CompletionStage<Void> offer(String id, @Nullable Object item) {
    Upload upload = open.get(id);
    return upload == null ? HubCalls.READY : upload.offer(item);
  }

  /**
   * The client has ended an upload, or sent an item that does not fit.
   *
   * @param error what the subscriber is told; null for the ordinary end
   * @return whether there was such an upload
   */
  boolean end(String id, @Nullable String error) {
    Upload upload = open.remove(id);
    if (upload == null) {
      return false;
    }
    upload.end(error == null ? null : new HubException(error));
    return true;
  }

  /** The connection is lost. */
  void loseAll() {
    lost = true;
    for (String id : open.keySet()) {
      Upload upload = open.remove(id);
      if (upload != null) {
        upload.end(new CancellationException("The underlying connection was closed."));
      }
    }
  }
}
