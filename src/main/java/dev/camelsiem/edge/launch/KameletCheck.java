package dev.camelsiem.edge.launch;

import java.util.ArrayList;
import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.StartupListener;

/**
 * Refuses to start routes that set a Kamelet property which does not exist. Camel would ignore it
 * and use the default, so a misspelt setting would go unnoticed (camel-notes 2).
 */
public final class KameletCheck implements StartupListener {
  @Override
  public void onCamelContextStarting(CamelContext context, boolean alreadyStarted) {
    List<String> findings = new ArrayList<>();
    for (KameletUse use : KameletUse.in(context)) {
      for (String property : use.unknown()) {
        findings.add(use.name() + " has no property " + property);
      }
    }
    if (!findings.isEmpty()) {
      throw new IllegalArgumentException(String.join("; ", findings));
    }
  }

  @Override
  public void onCamelContextStarted(CamelContext context, boolean alreadyStarted) {
    // Everything is checked before the first event moves.
  }
}
