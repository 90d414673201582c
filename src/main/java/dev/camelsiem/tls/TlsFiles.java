package dev.camelsiem.tls;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Opens what settings name as a key, a certificate or a store. */
@FunctionalInterface
public interface TlsFiles {
  /** Names are paths of files. */
  TlsFiles PATHS = FileInputStream::new;

  InputStream open(String name) throws IOException;
}
