// SPDX-License-Identifier: EPL-2.0
package org.eidolon.diffusion;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * A regular expression of Python's over names of modules, as PEFT's settings have them. Matched by walking all states at
 * once (Thompson 1968), so that none takes long; what is beyond plain regular expressions is refused when it is parsed.
 */
final class ModulePattern {
    private static final int END = -1;
    private static final Pattern PLAIN = Pattern.compile("\\^?(?:[\\w.-]|\\\\[.-])*");
    private static final String PLAIN_ESCAPES = ".^$*+?{}[]\\|()-_/:, ";

    /** What a state does: takes a letter, or goes on to two others, or on one condition. */
    private record State(IntPredicate letter, Edge edge, int next, int other) {}

    private enum Edge {
        LETTER,
        SPLIT,
        START,
        FINISH,
        MATCH
    }

    private sealed interface Part {}

    private record Letter(IntPredicate is) implements Part {}

    private record Anchor(Edge edge) implements Part {}

    private record Sequence(List<Part> parts) implements Part {}

    private record Either(List<Part> parts) implements Part {}

    private record Repeated(Part part, int from, int to) implements Part {}

    private final String text;
    private final int budget;
    private final List<State> states = new ArrayList<>();
    private final int begin;
    private int at;

    private ModulePattern(String text, boolean anywhere, int budget) {
        this.text = text;
        this.budget = budget;
        int matched = add(new State(null, Edge.MATCH, END, END));
        int finish = anywhere ? add(new State(null, Edge.FINISH, matched, END)) : matched;
        Part whole = alternatives();
        if (at < text.length()) {
            throw beyond("')' without its '('");
        }
        int inner = compiled(whole, finish);
        begin = anywhere ? ending(inner) : inner;
    }

    /**
     * Modules that a pattern means by the end of their names, {@code (.*\.)?(PATTERN)$} from the beginning, as PEFT asks.
     *
     * @param budget how many states patterns may still have; names without anything else in them need none
     * @throws IllegalArgumentException naming what is malformed or beyond regular expressions
     */
    static Predicate<String> ending(String text, AtomicInteger budget) {
        return PLAIN.matcher(text).matches() ? name -> endsPlainly(name, text) : walked(text, true, budget);
    }

    /** Modules whose whole names a pattern means. */
    static Predicate<String> whole(String text, AtomicInteger budget) {
        return walked(text, false, budget);
    }

    private static Predicate<String> walked(String text, boolean anywhere, AtomicInteger budget) {
        ModulePattern pattern = new ModulePattern(text, anywhere, budget.get());
        budget.addAndGet(-pattern.states.size());
        return pattern::matches;
    }

    /** A dot stands for any letter in a name that is meant as it is, too. */
    private static boolean endsPlainly(String name, String text) {
        int i = name.length() - 1;
        int from = text.startsWith("^") ? 1 : 0;
        for (int t = text.length() - 1; t >= from; t--, i--) {
            boolean escaped = t > from && text.charAt(t - 1) == '\\';
            boolean any = text.charAt(t) == '.' && !escaped;
            if (i < 0 || !any && text.charAt(t) != name.charAt(i)) {
                return false;
            }
            t -= escaped ? 1 : 0;
        }
        return i < 0 || from == 0 && name.charAt(i) == '.';
    }

    /** {@code (.*\.)?} before a state. */
    private int ending(int inner) {
        int dot = add(new State(c -> c == '.', Edge.LETTER, inner, END));
        int loop = add(null);
        int any = add(new State(c -> c != '\n', Edge.LETTER, loop, END));
        states.set(loop, new State(null, Edge.SPLIT, any, dot));
        return add(new State(null, Edge.SPLIT, loop, inner));
    }

    private int add(State state) {
        if (states.size() >= budget) {
            throw new IllegalArgumentException("the pattern '" + shown() + "' is larger than any that is known");
        }
        states.add(state);
        return states.size() - 1;
    }

    private String shown() {
        return text.length() > 100 ? text.substring(0, 100) + "…" : text;
    }

    private IllegalArgumentException beyond(String what) {
        return new IllegalArgumentException(
                "the pattern '" + shown() + "' is not read here: " + what + " at letter " + at);
    }

    private boolean next(char c) {
        boolean here = at < text.length() && text.charAt(at) == c;
        at += here ? 1 : 0;
        return here;
    }

    /** Parses up to a ')' or the end. */
    private Part alternatives() {
        List<Part> all = new ArrayList<>(List.of(sequence()));
        while (next('|')) {
            all.add(sequence());
        }
        return new Either(all);
    }

    private Part sequence() {
        List<Part> all = new ArrayList<>();
        while (at < text.length() && text.charAt(at) != '|' && text.charAt(at) != ')') {
            Part atom = atom();
            int[] times = times();
            all.add(times[0] == 1 && times[1] == 1 ? atom : new Repeated(atom, times[0], times[1]));
        }
        return new Sequence(all);
    }

    /** The state that a part begins in; built from the back, so that each part knows what follows. */
    private int compiled(Part part, int after) {
        return switch (part) {
            case Letter letter -> add(new State(letter.is(), Edge.LETTER, after, END));
            case Anchor anchor -> add(new State(null, anchor.edge(), after, END));
            case Sequence all -> {
                int then = after;
                for (Part each : all.parts().reversed()) {
                    then = compiled(each, then);
                }
                yield then;
            }
            case Either all -> {
                int first = compiled(all.parts().getLast(), after);
                for (Part each : all.parts().reversed().subList(1, all.parts().size())) {
                    first = add(new State(null, Edge.SPLIT, compiled(each, after), first));
                }
                yield first;
            }
            case Repeated all -> repeated(all, after);
        };
    }

    private int repeated(Repeated all, int after) {
        int then = after;
        if (all.to() == Integer.MAX_VALUE) {
            then = add(null);
            states.set(then, new State(null, Edge.SPLIT, compiled(all.part(), then), after));
        } else {
            for (int i = all.from(); i < all.to(); i++) {
                then = add(new State(null, Edge.SPLIT, compiled(all.part(), then), after));
            }
        }
        for (int i = 0, before = END; i < all.from() && then != before; i++) {
            before = then;
            then = compiled(all.part(), then);
        }
        return then;
    }

    /** How often the atom before stands there: from, to. */
    private int[] times() {
        int[] times = {1, 1};
        if (next('*')) {
            times = new int[] {0, Integer.MAX_VALUE};
        } else if (next('+')) {
            times = new int[] {1, Integer.MAX_VALUE};
        } else if (next('?')) {
            times = new int[] {0, 1};
        } else if (next('{')) {
            int from = count();
            int to = from;
            if (next(',')) {
                to = at < text.length() && text.charAt(at) == '}' ? Integer.MAX_VALUE : count();
            }
            if (!next('}') || to < from) {
                throw beyond("a count that is none");
            }
            return lazy(new int[] {from, to});
        } else {
            return times;
        }
        return lazy(times);
    }

    /** Whether as few as possible are wanted does not matter to whether there is a match; two counts are none. */
    private int[] lazy(int[] times) {
        next('?');
        if (at < text.length() && "*+?{".indexOf(text.charAt(at)) >= 0) {
            throw beyond("a count behind a count");
        }
        return times;
    }

    private int count() {
        int from = at;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9' && at - from < 4) {
            at++;
        }
        if (at == from) {
            throw beyond("a count that is none");
        }
        return Integer.parseInt(text.substring(from, at));
    }

    /** One letter, class, anchor or group. */
    private Part atom() {
        char c = text.charAt(at++);
        switch (c) {
            case '(' -> {
                if (next('?') && !next(':')) {
                    throw beyond("a group of its own kind");
                }
                Part inner = alternatives();
                if (!next(')')) {
                    throw beyond("'(' without its ')'");
                }
                return inner;
            }
            case '^' -> {
                return new Anchor(Edge.START);
            }
            case '$' -> {
                return new Anchor(Edge.FINISH);
            }
            case '.' -> {
                return new Letter(x -> x != '\n');
            }
            case '[' -> {
                return new Letter(choice());
            }
            case '\\' -> {
                return new Letter(escaped());
            }
            case '*', '+', '?', '{' -> throw beyond("a count of nothing");
            default -> {
                return new Letter(x -> x == c);
            }
        }
    }

    private IntPredicate escaped() {
        if (at >= text.length()) {
            throw beyond("'\\' at the end");
        }
        char c = text.charAt(at++);
        return switch (c) {
            case 'd' -> Character::isDigit;
            case 'D' -> x -> !Character.isDigit(x);
            case 'w' -> x -> x == '_' || Character.isLetterOrDigit(x);
            case 'W' -> x -> x != '_' && !Character.isLetterOrDigit(x);
            default -> {
                if (PLAIN_ESCAPES.indexOf(c) < 0) {
                    throw beyond("'\\" + c + "'");
                }
                yield x -> x == c;
            }
        };
    }

    private IntPredicate choice() {
        boolean not = next('^');
        IntPredicate all = x -> false;
        boolean first = true;
        while (first || !next(']')) {
            if (at >= text.length()) {
                throw beyond("'[' without its ']'");
            }
            first = false;
            char from = text.charAt(at++);
            IntPredicate one;
            boolean range = at + 1 < text.length() && text.charAt(at) == '-' && text.charAt(at + 1) != ']';
            if (range && from != '\\' && text.charAt(at + 1) != '\\') {
                char to = text.charAt(at + 1);
                at += 2;
                if (to < from) {
                    throw beyond("a range that ends before it begins");
                }
                one = x -> x >= from && x <= to;
            } else if (range) {
                throw beyond("a range with '\\'");
            } else {
                one = from == '\\' ? escaped() : x -> x == from;
            }
            all = all.or(one);
        }
        return not ? all.negate() : all;
    }

    /** Whether it means a module. */
    private boolean matches(String module) {
        int length = module.length();
        boolean[] now = new boolean[states.size()];
        boolean[] then = new boolean[states.size()];
        int[] stack = new int[states.size()];
        reach(begin, 0, length, now, stack);
        for (int i = 0; i < length; i++) {
            Arrays.fill(then, false);
            for (int s = 0; s < now.length; s++) {
                State state = states.get(s);
                if (now[s] && state.edge() == Edge.LETTER && state.letter().test(module.charAt(i))) {
                    reach(state.next(), i + 1, length, then, stack);
                }
            }
            boolean[] swap = now;
            now = then;
            then = swap;
        }
        return now[0];
    }

    /** Marks a state and all that it leads to without a letter. */
    private void reach(int from, int place, int length, boolean[] marked, int[] stack) {
        int top = 0;
        if (!marked[from]) {
            marked[from] = true;
            stack[top++] = from;
        }
        while (top > 0) {
            State state = states.get(stack[--top]);
            boolean through =
                    switch (state.edge()) {
                        case START -> place == 0;
                        case FINISH -> place == length;
                        case SPLIT -> true;
                        default -> false;
                    };
            for (int next : through ? new int[] {state.next(), state.other()} : new int[0]) {
                if (next >= 0 && !marked[next]) {
                    marked[next] = true;
                    stack[top++] = next;
                }
            }
        }
    }
}
