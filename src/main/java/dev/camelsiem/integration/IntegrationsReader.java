package dev.camelsiem.integration;

import dev.camelsiem.flow.category.Catalogue;
import dev.camelsiem.flow.category.Choices;
import dev.camelsiem.flow.category.LicenceLevel;
import dev.camelsiem.lang.diagnostic.Diagnostic;
import dev.camelsiem.lang.diagnostic.Diagnostics;
import dev.camelsiem.lang.diagnostic.NearNames;
import dev.camelsiem.lang.diagnostic.SourceFile;
import dev.camelsiem.lang.yaml.YamlNode.Mapping;
import dev.camelsiem.lang.yaml.YamlNode.Scalar;
import dev.camelsiem.lang.yaml.YamlReader;
import dev.camelsiem.text.Named;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Turns the text of {@code siem-integrations.yaml} into a checked {@link IntegrationSet}. */
public final class IntegrationsReader {
  private final SourceFile file;
  private final Catalogue catalogue;
  private final Diagnostics diagnostics = new Diagnostics();

  private IntegrationsReader(SourceFile file, Catalogue catalogue) {
    this.file = file;
    this.catalogue = catalogue;
  }

  /**
   * What a text says.
   *
   * @param set null when a finding is an error: such a text must not be used, not even in part
   * @param findings errors and warnings by place
   */
  public record Reading(@Nullable IntegrationSet set, List<Diagnostic> findings) {}

  /**
   * Reads and checks a text; never throws.
   *
   * @param catalogue what integrations may subscribe to
   */
  public static Reading read(SourceFile file, Catalogue catalogue) {
    IntegrationsReader reader = new IntegrationsReader(file, catalogue);
    Mapping root = YamlReader.read(file, reader.diagnostics);
    IntegrationSet set = root == null ? null : reader.set(root);
    return new Reading(reader.diagnostics.hasErrors() ? null : set, reader.diagnostics.all());
  }

  private IntegrationSet set(Mapping root) {
    Fields fields = new Fields(file, diagnostics, root);
    LicenceLevel licence = licence(fields);
    List<Fields> entries = fields.mappings("integrations");
    List<Integration> integrations = new ArrayList<>();
    for (Fields entry : entries) {
      Integration integration = new IntegrationParser(file, diagnostics, entry, catalogue).parse();
      integrations.add(integration);
    }
    if (integrations.isEmpty()) {
      diagnostics.add(IntegrationCode.NO_INTEGRATION.at(file, fields.span("integrations")));
    }
    refuseTwins(entries, integrations);
    List<AgentGroup> groups = agentGroups(fields, integrations);
    fields.refuseOthers();
    return new IntegrationSet(licence, catalogue, integrations, groups);
  }

  /** ADVANCED unless the file says otherwise; both spellings of the key are taken. */
  private LicenceLevel licence(Fields fields) {
    LicenceLevel british = licence(fields, "licence");
    LicenceLevel american = licence(fields, "license");
    if (british != null) {
      return british;
    }
    return american == null ? LicenceLevel.ADVANCED : american;
  }

  private @Nullable LicenceLevel licence(Fields fields, String key) {
    Scalar level = fields.scalar(key, "STANDARD or ADVANCED");
    if (level == null) {
      return null;
    }
    LicenceLevel known = Named.of(LicenceLevel.class, level.text());
    if (known != null) {
      return known;
    }
    List<String> names = FieldRules.names(LicenceLevel.values());
    diagnostics.add(
        new FieldProblem(
                key,
                IntegrationCode.UNKNOWN,
                level.text(),
                "STANDARD or ADVANCED",
                NearNames.hint(level.text(), names))
            .at(file, level.span()));
    return null;
  }

  private void refuseTwins(List<Fields> entries, List<Integration> integrations) {
    List<String> names = new ArrayList<>();
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < entries.size(); i++) {
      Integration integration = integrations.get(i);
      boolean unique = isUnique(entries.get(i), "name", integration.name(), names);
      if (unique) {
        isUnique(entries.get(i), "id", integration.id(), ids);
      }
      names.add(integration.name());
      ids.add(integration.id());
    }
  }

  private boolean isUnique(Fields entry, String key, String value, List<String> others) {
    FieldProblem problem = value.isEmpty() ? null : FieldRules.checkUnique(key, value, others);
    if (problem != null) {
      diagnostics.add(problem.at(file, entry.span(key)));
    }
    return problem == null;
  }

  private List<AgentGroup> agentGroups(Fields fields, List<Integration> integrations) {
    List<AgentGroup> groups = new ArrayList<>();
    List<String> seen = new ArrayList<>();
    for (Fields entry : fields.mappings("agentGroups")) {
      String name = entry.text("name");
      String id = entry.has("id") ? entry.text("id") : name;
      FieldProblem problem = FieldRules.check("id", id);
      Set<String> links = links(entry, integrations);
      if (id == null || problem != null) {
        diagnostics.add(
            IntegrationCode.REQUIRED.at(
                file, entry.span("id"), "id", "the group's name as its agents report it"));
      } else if (isUnique(entry, "id", id, seen)) {
        seen.add(id);
        groups.add(new AgentGroup(id.strip(), links));
      }
      entry.refuseOthers();
    }
    return groups;
  }

  /** The ids of linked integrations; a link may use the name too. */
  private Set<String> links(Fields group, List<Integration> integrations) {
    Set<String> links = new LinkedHashSet<>();
    List<Scalar> written = group.scalars("siemIntegrations");
    for (Scalar link : written == null ? List.<Scalar>of() : written) {
      String id = find(link.text(), integrations);
      if (id != null) {
        links.add(id);
      } else {
        List<String> known =
            integrations.stream().map(Integration::name).filter(name -> !name.isEmpty()).toList();
        diagnostics.add(
            new FieldProblem(
                    "siemIntegrations",
                    IntegrationCode.UNKNOWN,
                    link.text(),
                    "the name or id of an integration of this file",
                    NearNames.hint(link.text(), known))
                .at(file, link.span()));
      }
    }
    return links;
  }

  private static @Nullable String find(String link, List<Integration> integrations) {
    for (Integration integration : integrations) {
      String wanted = Choices.fold(link);
      if (Choices.fold(integration.id()).equals(wanted)
          || Choices.fold(integration.name()).equals(wanted)) {
        return integration.id();
      }
    }
    return null;
  }
}
