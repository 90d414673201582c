package dev.camelsiem.edge.camel.tail;

/** Told of files whose content is not what it was. */
@FunctionalInterface
interface ContentChange {
  /**
   * A file was cut or written anew and is about to be read from its start; it still knows its old
   * place.
   *
   * @param unread how many bytes behind the place are known to be gone with the old content
   * @param why what was seen, as the end of a sentence
   */
  void changed(TailedFile file, long unread, String why, Batch batch);
}
