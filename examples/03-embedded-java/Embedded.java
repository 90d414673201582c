import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.main.Main;

/** The container security pipeline inside a program of one's own. */
public class Embedded extends RouteBuilder {
  @Override
  public void configure() {
    from("kamelet:siem-file-source?paths={{siem.file.paths}}&checkpoint={{siem.file.checkpoint}}")
        .routeId("embedded")
        .to("kamelet:siem-cef-action?host=kcs-0")
        .to("kamelet:siem-category-filter-action?categories=ADMINISTRATION,DETECTION,API")
        .to(
            "kamelet:siem-syslog-sink?host={{siem.host:127.0.0.1}}&port={{siem.port:5514}}"
                + "&dataDir={{siem.data:data}}/embedded");
  }

  public static void main(String[] arguments) throws Exception {
    Main main = new Main();
    main.addInitialProperty("siem.file.paths", "examples/01-container-security/events.ndjson");
    main.addInitialProperty("siem.file.checkpoint", "data/embedded.checkpoint");
    main.configure().addRoutesBuilder(new Embedded());
    main.run();
  }
}
