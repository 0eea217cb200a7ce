// SPDX-License-Identifier: EPL-2.0
package org.eidolon.start.added;

import java.util.List;
import org.eidolon.api.Node;
import org.eidolon.api.NodeLibrary;
import org.eidolon.api.NodeType;
import org.eidolon.api.Run;
import org.eidolon.api.value.Text;

/** Nodes of bundles that a user might add; the test puts these classes into jars. */
public final class Greetings {
    private Greetings() {}

    public record Out(Text text) {}

    @NodeType(id = "greet.hello", category = "Greetings", doc = "Says hello.")
    public record Hello() implements Node<Out> {
        @Override
        public Out run(Run run) {
            return new Out(new Text("hello"));
        }
    }

    @NodeType(id = "greet.bonjour", category = "Greetings", doc = "Says bonjour.")
    public record Bonjour() implements Node<Out> {
        @Override
        public Out run(Run run) {
            return new Out(new Text("bonjour"));
        }
    }

    /** Takes the name of another's node. */
    @NodeType(id = "greet.hello", category = "Greetings", doc = "Says something else.")
    public record Impostor() implements Node<Out> {
        @Override
        public Out run(Run run) {
            return new Out(new Text("boo"));
        }
    }

    public static final class HelloLibrary implements NodeLibrary {
        @Override
        public List<Class<? extends Node<?>>> nodes() {
            return List.of(Hello.class);
        }
    }

    public static final class BonjourLibrary implements NodeLibrary {
        @Override
        public List<Class<? extends Node<?>>> nodes() {
            return List.of(Bonjour.class);
        }
    }

    public static final class ImpostorLibrary implements NodeLibrary {
        @Override
        public List<Class<? extends Node<?>>> nodes() {
            return List.of(Bonjour.class, Impostor.class);
        }
    }
}
