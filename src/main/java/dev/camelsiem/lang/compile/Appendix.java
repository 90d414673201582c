package dev.camelsiem.lang.compile;

import dev.camelsiem.lang.diagnostic.Diagnostics;
import dev.camelsiem.lang.diagnostic.SourceFile;
import dev.camelsiem.lang.eval.Input;
import dev.camelsiem.lang.syntax.Expr;
import dev.camelsiem.lang.syntax.Formula;
import dev.camelsiem.lang.syntax.Parser;
import dev.camelsiem.lang.syntax.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** What xp 7.6 says is appended to every rule: host fields and importance that are still unset. */
final class Appendix {
  private static final String TEXT =
      """
      JSON = ''
      if event_src.host == null then
          event_src.host = coalesce(event_src.fqdn, event_src.hostname, event_src.ip,
                                    recv_ipv4, recv_ipv6, recv_host)
      endif
      if src.host == null then
          src.host = coalesce(src.fqdn, src.hostname, src.ip, src.mac)
      endif
      if dst.host == null then
          dst.host = coalesce(dst.fqdn, dst.hostname, dst.ip, dst.mac)
      endif
      if external_src.host == null then
          external_src.host =
              coalesce(external_src.fqdn, external_src.hostname, external_src.ip)
      endif
      if external_dst.host == null then
          external_dst.host =
              coalesce(external_dst.fqdn, external_dst.hostname, external_dst.ip)
      endif
      if importance == null then
          importance = "info"
      endif
      """;

  /** Its head has no meaning: only the statements are taken. */
  private static final Formula FORMULA = parse();

  private Appendix() {}

  private static Formula parse() {
    Diagnostics diagnostics = new Diagnostics();
    Formula formula = Parser.formula(new SourceFile("<appendix>", TEXT), diagnostics);
    if (diagnostics.hasErrors()) {
      throw new IllegalStateException(diagnostics.all().get(0).headline());
    }
    return formula;
  }

  /**
   * What of it can do something in a rule.
   *
   * @param canSet the fields that the rule itself can set; others are null
   */
  static List<Statement> statements(Predicate<String> canSet) {
    List<Statement> left = new ArrayList<>();
    for (Statement statement : FORMULA.body().statements()) {
      Statement.If unset = (Statement.If) statement;
      Statement.Assign assign = (Statement.Assign) unset.branches().get(0).body().get(0);
      List<Expr> operands = assign.value().children();
      if (operands.isEmpty() || operands.stream().anyMatch(operand -> hasValue(operand, canSet))) {
        left.add(canSet.test(assign.target().name()) ? unset : assign);
      }
    }
    return left;
  }

  private static boolean hasValue(Expr operand, Predicate<String> canSet) {
    String name = ((Expr.Field) operand).name();
    return canSet.test(name) || Input.of(name) != null;
  }
}
