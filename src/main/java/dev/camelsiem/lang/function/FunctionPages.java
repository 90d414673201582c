package dev.camelsiem.lang.function;

import dev.camelsiem.json.JsonWriter;
import dev.camelsiem.lang.function.FunctionSpec.Example;
import dev.camelsiem.lang.function.FunctionSpec.Param;
import dev.camelsiem.text.ByteOutput;
import dev.camelsiem.text.Text;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** Renders the declarations of functions: as a page to read and as data for editors. */
public final class FunctionPages {
  private FunctionPages() {}

  /** The page {@code docs/functions.md}. */
  public static String markdown(Collection<FunctionSpec> functions) {
    StringBuilder page = new StringBuilder();
    page.append("# Functions\n\n")
        .append("Generated from the declarations in `lang.function.builtin`; do not edit.\n")
        .append("Every example below is run by the tests.\n\n")
        .append(
            """
            Arguments are evaluated before the call. Where a String is expected, other scalars are
            converted as by `string()`; where a Number, an address or a DateTime is, a String that
            spells one is read. A Text is a String to which nothing is converted, a Scalar everything
            but List, Map and Buffer. An argument of another kind makes the result null, or False where
            the function tells yes or no. Offsets and lengths count bytes of UTF-8.

            """);
    contents(page, functions);
    functions.forEach(function -> section(page, function));
    return page.toString();
  }

  private static void contents(StringBuilder page, Collection<FunctionSpec> functions) {
    page.append("| area | functions |\n| --- | --- |\n");
    List<String> areas = functions.stream().map(FunctionSpec::area).distinct().sorted().toList();
    for (String area : areas) {
      String links =
          functions.stream()
              .filter(function -> function.area().equals(area))
              .map(function -> "[`" + function.name() + "`](#" + function.name() + ")")
              .collect(Collectors.joining(", "));
      page.append("| ").append(area).append(" | ").append(links).append(" |\n");
    }
  }

  private static void section(StringBuilder page, FunctionSpec function) {
    page.append("\n## ").append(function.name()).append("\n\n");
    page.append("`").append(function.signature()).append("` → ");
    page.append(function.returnType().word()).append("\n\n");
    page.append(function.summary()).append("\n\n");
    for (Param param : function.params()) {
      page.append("- `").append(param.name()).append("` (").append(param.words());
      page.append(param.optional() ? ", optional): " : "): ").append(param.doc()).append('\n');
    }
    page.append("\n**Result:** ").append(function.returnDoc());
    page.append(" **Null:** ").append(function.nullDoc()).append("\n\n```\n");
    for (Example example : function.examples()) {
      page.append(example.call()).append("  →  ").append(example.result()).append('\n');
    }
    page.append("```\n");
  }

  /** The file {@code functions.json}: name, signature, description, params and examples of each. */
  public static String json(Collection<FunctionSpec> functions) {
    ByteOutput out = new ByteOutput(64 * 1024);
    out.put('[');
    String separator = "\n";
    for (FunctionSpec function : functions) {
      out.putAscii(separator);
      object(out, function);
      separator = ",\n";
    }
    out.putAscii("\n]\n");
    return out.toString();
  }

  private static void object(ByteOutput out, FunctionSpec function) {
    out.putAscii("  {");
    member(out, "name", function.name());
    out.put(',');
    member(out, "signature", function.signature());
    out.put(',');
    member(out, "area", function.area());
    out.put(',');
    String description = function.summary() + " " + function.returnDoc() + " " + function.nullDoc();
    member(out, "description", description);
    out.put(',');
    member(out, "returns", function.returnType().word());
    out.putAscii(",\n    \"params\": [");
    String separator = "";
    for (Param param : function.params()) {
      out.putAscii(separator);
      param(out, param);
      separator = ", ";
    }
    out.putAscii("],\n    \"examples\": [");
    separator = "";
    for (Example example : function.examples()) {
      out.putAscii(separator);
      string(out, example.call() + " → " + example.result());
      separator = ", ";
    }
    out.putAscii("]}");
  }

  private static void param(ByteOutput out, Param param) {
    out.put('{');
    member(out, "name", param.name());
    out.put(',');
    member(out, "type", param.words());
    out.putAscii(param.optional() ? ", \"optional\": true," : ",");
    member(out, "description", param.doc());
    out.put('}');
  }

  private static void member(ByteOutput out, String name, String value) {
    if (out.array()[out.length() - 1] == ',') {
      out.put(' ');
    }
    string(out, name);
    out.putAscii(": ");
    string(out, value);
  }

  private static void string(ByteOutput out, String value) {
    JsonWriter.string(out, Text.of(value));
  }
}
