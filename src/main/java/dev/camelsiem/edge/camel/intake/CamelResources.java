package dev.camelsiem.edge.camel.intake;

import dev.camelsiem.tls.TlsFiles;
import org.apache.camel.CamelContext;
import org.apache.camel.support.ResourceHelper;

/** Files named as Camel names resources: {@code file:}, {@code classpath:} or a plain path. */
public final class CamelResources {
  private CamelResources() {}

  public static TlsFiles of(CamelContext context) {
    return name -> {
      boolean plain = !name.startsWith("file:") && !name.startsWith("classpath:");
      return ResourceHelper.resolveMandatoryResourceAsInputStream(
          context, plain ? "file:" + name : name);
    };
  }
}
