// SPDX-License-Identifier: EPL-2.0
package org.eidolon.torch.internal;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Rewrites a module of plain Python functions, as {@code torch.jit.script} accepts them, to the dialect of a TorchScript
 * archive: one class whose methods are the functions. Lines keep their order (the archive's line is the resource's line
 * plus {@link #HEADER_LINES}), so that errors can name the resource's own line.
 *
 * <p>The dialects differ in names only: an archive knows {@code torch.*} as operators and nothing else of Python's
 * modules, so data types and memory formats become the numbers that PyTorch gives them, {@code math.*} and
 * {@code torch.nn.functional.*} become operators, and calls between functions become calls on {@code self}.
 */
public final class ScriptText {
    public static final String CLASS_NAME = "Kernels";
    public static final int HEADER_LINES = 3;

    /** A function's parameter: its name, its type as written without spaces, and whether it has a default. */
    public record Parameter(String name, String type, boolean optional) {}

    /** A function: its name, its line in the resource (from 1) and its parameters. */
    public record Function(String name, int line, List<Parameter> parameters) {}

    private static final Pattern DEFINITION = Pattern.compile("(?m)^def\\s+(\\w+)\\s*\\(");
    private static final Pattern CONSTANT =
            Pattern.compile("(?m)^([A-Za-z_]\\w*)[ \\t]*(?::[^=\\n]*)?=(?!=)[ \\t]*([^\\n#]+)");
    private static final Pattern RAISE = Pattern.compile("raise +\\w+ *\\(");
    private static final Pattern NAME = Pattern.compile("[A-Za-z_]\\w*(?:\\.[A-Za-z_]\\w*)*");
    private static final Map<String, String> TORCH = Map.ofEntries(
            Map.entry("uint8", "0"),
            Map.entry("int8", "1"),
            Map.entry("int16", "2"),
            Map.entry("short", "2"),
            Map.entry("int32", "3"),
            Map.entry("int", "3"),
            Map.entry("int64", "4"),
            Map.entry("long", "4"),
            Map.entry("float16", "5"),
            Map.entry("half", "5"),
            Map.entry("float32", "6"),
            Map.entry("float", "6"),
            Map.entry("float64", "7"),
            Map.entry("double", "7"),
            Map.entry("bool", "11"),
            Map.entry("bfloat16", "15"),
            Map.entry("contiguous_format", "0"),
            Map.entry("preserve_format", "1"),
            Map.entry("channels_last", "2"),
            Map.entry("channels_last_3d", "3"),
            Map.entry("strided", "0"),
            Map.entry("pi", "3.141592653589793"),
            Map.entry("inf", "inf"),
            Map.entry("nan", "nan"),
            Map.entry("Tensor", "Tensor"),
            Map.entry("device", "Device"),
            Map.entry("dtype", "int"));
    private static final Map<String, String> MATH = Map.of(
            "pi", "3.141592653589793",
            "tau", "6.283185307179586",
            "e", "2.718281828459045",
            "inf", "inf",
            "nan", "nan");
    private static final Map<String, String> GENERIC = Map.of("list", "List", "tuple", "Tuple", "dict", "Dict");

    private final String origin;
    private final Map<String, Function> functions = new LinkedHashMap<>();
    private final Map<String, String> constants = new LinkedHashMap<>();
    private final String archived;

    /**
     * @param origin how errors name the text
     * @param text the module's source
     * @throws IllegalArgumentException for text that is no module of functions, naming the line
     */
    public ScriptText(String origin, String text) {
        this.origin = origin;
        String source = text.replace("\r\n", "\n").replace("\t", "    ");
        String bare = rewrite(source, false);
        Matcher definition = DEFINITION.matcher(bare);
        while (definition.find()) {
            Function function = signature(bare, definition.group(1), definition.end());
            if (functions.put(function.name(), function) != null) {
                throw error(function.line(), "function " + function.name() + " is defined twice");
            }
        }
        if (functions.isEmpty()) {
            throw error(1, "no function (a line that begins with \"def name(\") found");
        }
        Matcher constant = CONSTANT.matcher(bare);
        while (constant.find()) {
            if (depth(constant.group(2)) != 0) {
                throw error(1, "the constant " + constant.group(1) + " must stand on one line");
            }
            constants.put(
                    constant.group(1),
                    "(" + rewrite(" " + constant.group(2).strip(), true).strip() + ")");
        }
        archived = module(rewrite(source, true));
    }

    public Map<String, Function> functions() {
        return Collections.unmodifiableMap(functions);
    }

    /** The text of {@code code/__torch__.py}. */
    public String archived() {
        return archived;
    }

    private IllegalArgumentException error(int line, String message) {
        return new IllegalArgumentException(origin + ", line " + line + ": " + message);
    }

    /** Strips comments and statement strings; with {@code names}, also rewrites names. Keeps the count of lines. */
    private String rewrite(String text, boolean names) {
        StringBuilder out = new StringBuilder(text.length() + 256);
        Matcher name = NAME.matcher(text);
        int i = 0;
        while (i < text.length()) {
            char c = text.charAt(i);
            if (c == '#') {
                int end = text.indexOf('\n', i);
                i = end < 0 ? text.length() : end;
            } else if (c == '"' || c == '\'') {
                int end = stringEnd(text, i);
                String literal = text.substring(i, end);
                boolean statement = out.substring(out.lastIndexOf("\n") + 1).isBlank()
                        && depth(out) == 0
                        && (end == text.length() || text.charAt(end) == '\n');
                out.append(
                        statement
                                ? "\n".repeat((int)
                                        literal.chars().filter(x -> x == '\n').count())
                                : literal);
                i = end;
            } else if (Character.isJavaIdentifierStart(c)
                    && (i == 0 || !(Character.isJavaIdentifierPart(text.charAt(i - 1)) || text.charAt(i - 1) == '.'))
                    && name.region(i, text.length()).lookingAt()) {
                int end = name.end();
                if (names && RAISE.matcher(text).region(i, text.length()).lookingAt()) {
                    out.append("ops.prim.RaiseException"); // an archive knows no exception classes
                    end = text.indexOf('(', i);
                } else {
                    out.append(names ? translate(text, name.group(), i, end) : name.group());
                }
                i = end;
            } else {
                out.append(c);
                i++;
            }
        }
        return out.toString();
    }

    private static int depth(CharSequence text) {
        int depth = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\'') {
                i = stringEnd(text.toString(), i) - 1;
            } else if (c == '(' || c == '[' || c == '{') {
                depth++;
            } else if (c == ')' || c == ']' || c == '}') {
                depth--;
            }
        }
        return depth;
    }

    private static int stringEnd(String text, int start) {
        char quote = text.charAt(start);
        String triple = String.valueOf(quote).repeat(3);
        boolean isTriple = text.startsWith(triple, start);
        int i = start + (isTriple ? 3 : 1);
        while (i < text.length()) {
            if (text.charAt(i) == '\\') {
                i++;
            } else if (isTriple ? text.startsWith(triple, i) : text.charAt(i) == quote || text.charAt(i) == '\n') {
                return Math.min(text.length(), i + (isTriple ? 3 : 1));
            }
            i++;
        }
        return text.length();
    }

    private String translate(String text, String name, int start, int end) {
        int next = end;
        while (next < text.length() && text.charAt(next) == ' ') {
            next++;
        }
        char follows = next < text.length() ? text.charAt(next) : '\n';
        int dot = name.indexOf('.');
        if (dot < 0) {
            boolean definition = text.startsWith("def ", Math.max(0, start - 4)) && start >= 4;
            if (follows == '(' && functions.containsKey(name) && !definition) {
                return "self." + name;
            }
            if (follows == '[' && GENERIC.containsKey(name)) {
                return GENERIC.get(name);
            }
            boolean keyword = follows == '=' && next + 1 < text.length() && text.charAt(next + 1) != '=';
            boolean column0 = start == 0 || text.charAt(start - 1) == '\n';
            return keyword || column0 || follows == '(' ? name : constants.getOrDefault(name, name);
        }
        String root = name.substring(0, dot);
        String rest = name.substring(dot + 1);
        return switch (root) {
            case "math" -> MATH.getOrDefault(rest, "torch." + rest);
            case "typing" -> rest;
            case "F" -> "torch." + rest;
            case "torch" -> torch(rest, follows);
            default -> name;
        };
    }

    private static String torch(String rest, char follows) {
        if (TORCH.containsKey(rest) && follows != '(') {
            return TORCH.get(rest);
        }
        if (rest.startsWith("ops.")) {
            return rest;
        }
        if (rest.equals("jit.annotate")) {
            return "annotate";
        }
        if (rest.startsWith("nn.functional.")) {
            return "torch." + rest.substring("nn.functional.".length());
        }
        for (String namespace : List.of("linalg", "fft", "special")) {
            if (rest.startsWith(namespace + ".")) {
                return "torch." + namespace + "_" + rest.substring(namespace.length() + 1);
            }
        }
        return "torch." + rest;
    }

    private Function signature(String text, String name, int open) {
        int line =
                1 + (int) text.substring(0, open).chars().filter(c -> c == '\n').count();
        List<Parameter> parameters = new ArrayList<>();
        int depth = 0;
        int from = open;
        int i = open;
        for (; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == ')' && depth == 0) {
                break;
            } else if (c == '(' || c == '[') {
                depth++;
            } else if (c == ')' || c == ']') {
                depth--;
            } else if (c == ',' && depth == 0) {
                parameters.add(parameter(text.substring(from, i)));
                from = i + 1;
            }
        }
        if (i == text.length()) {
            throw error(line, "the parameters of " + name + " have no closing parenthesis");
        }
        if (!text.substring(from, i).isBlank()) {
            parameters.add(parameter(text.substring(from, i)));
        }
        return new Function(name, line, List.copyOf(parameters));
    }

    private static Parameter parameter(String text) {
        String plain = text.replaceAll("\\s", "");
        int equals = plain.indexOf('=');
        String declared = equals < 0 ? plain : plain.substring(0, equals);
        int colon = declared.indexOf(':');
        String type = colon < 0 ? "Tensor" : declared.substring(colon + 1);
        type = type.replace("torch.Tensor", "Tensor")
                .replace("typing.", "")
                .replaceAll("\\blist\\[", "List[")
                .replaceAll("\\btuple\\[", "Tuple[");
        if (type.endsWith("|None")) {
            type = "Optional[" + type.substring(0, type.length() - 5) + "]";
        }
        return new Parameter(colon < 0 ? declared : declared.substring(0, colon), type, equals >= 0);
    }

    private String module(String text) {
        StringBuilder out = new StringBuilder("class " + CLASS_NAME + "(Module):\n");
        out.append("  __parameters__ = []\n  __buffers__ = []\n");
        boolean inside = false;
        int depth = 0;
        String[] lines = text.split("\n", -1);
        for (int i = 0; i < lines.length; i++) {
            String line = lines[i].stripTrailing();
            boolean top = depth == 0 && !line.isEmpty() && !Character.isWhitespace(line.charAt(0));
            depth += depth(line);
            if (line.isEmpty()) {
                out.append('\n');
                continue;
            }
            if (top) {
                inside = line.startsWith("def ");
                if (!inside && !line.matches("(import|from|@).*|[A-Za-z_]\\w*\\s*(:[^=]*)?=[^=].*")) {
                    throw error(i + 1, "only functions, imports and constants can stand at the top level: " + line);
                }
                if (inside) {
                    String self = "(self: __torch__." + CLASS_NAME;
                    boolean none = line.matches("def\\s+\\w+\\s*\\(\\s*\\).*");
                    line = line.replaceFirst("\\(", self + (none ? "" : ", "));
                }
            }
            out.append(inside ? "  " + line : "").append('\n');
        }
        return out.toString();
    }
}
