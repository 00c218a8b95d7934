package io.hubbub.client.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The streams that one connection uploads.
 *
 * <p>Threads: any.
 */
final class Uploads {
  private final MessageSender sender;
  private final Set<Upload> running = ConcurrentHashMap.newKeySet();
  private volatile boolean ended;

  Uploads(MessageSender sender) {
    this.sender = sender;
  }

  /** Begins to upload the streams of a call that has been sent. */
  List<Upload> begin(Arguments arguments) {
    if (arguments.sources().isEmpty()) {
      return List.of();
    }
    List<Upload> begun = new ArrayList<>(arguments.sources().size());
    for (int i = 0; i < arguments.sources().size(); i++) {
      Upload upload = new Upload(arguments.streamIds().get(i), sender, running::remove);
      begun.add(upload);
      running.add(upload);
      upload.takeFrom(arguments.sources().get(i));
    }
    if (ended) {
      begun.forEach(Upload::cancel);
    }
    return begun;
  }

  /** The connection is gone: no source is asked any more. */
  void end() {
    ended = true;
    running.forEach(Upload::cancel);
  }
}
