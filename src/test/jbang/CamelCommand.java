/** Camel JBang's {@code camel} command without JBang. */
public final class CamelCommand {
  public static void main(String[] arguments) {
    org.apache.camel.dsl.jbang.core.commands.CamelJBangMain.run(arguments);
  }
}
