// SPDX-License-Identifier: EPL-2.0
package org.eidolon.cli;

import java.util.List;
import java.util.Map;
import org.eidolon.api.Accelerator;
import org.eidolon.api.Device;
import org.eidolon.api.In;
import org.eidolon.api.Migration;
import org.eidolon.api.Node;
import org.eidolon.api.NodeLibrary;
import org.eidolon.api.NodeType;
import org.eidolon.api.Run;
import org.eidolon.api.Uses;
import org.eidolon.api.value.Text;
import org.eidolon.cli.TestNodes.TextOut;
import org.eidolon.engine.Engines;

/** Nodes that are not as they were, in each of the ways that a replay tells apart. */
final class ReplayNodes {
    private ReplayNodes() {}

    /** What stands for weights on disk: their hash by id. */
    static volatile Map<String, String> weights = Map.of();

    /** What the machine decides. */
    static volatile String precision = "float32";

    static NodeLibrary library(String version, List<Migration> migrations, List<Class<? extends Node<?>>> nodes) {
        return new NodeLibrary() {
            @Override
            public List<Class<? extends Node<?>>> nodes() {
                return nodes;
            }

            @Override
            public List<Migration> migrations() {
                return migrations;
            }

            @Override
            public String version() {
                return version;
            }
        };
    }

    /** As of an earlier release. */
    static NodeLibrary then() {
        return library("say 1", List.of(), List.of(Say.class, Weighty.class, Precise.class, Noise.class, Carry.class));
    }

    /** After an update that changed one node. */
    static NodeLibrary updated() {
        return library(
                "say 1",
                List.of(new Migration("test.say", 1, stored -> stored.withType("test.say", 2))),
                List.of(SayLouder.class, Weighty.class, Noise.class, Carry.class));
    }

    /** The same nodes in another build. */
    static NodeLibrary rebuilt() {
        return library("say 2", List.of(), List.of(Say.class, Weighty.class, Noise.class, Carry.class));
    }

    /** A machine with a GPU, as far as nodes are told. */
    static Services withGpu(NodeLibrary... libraries) {
        return new Services(
                () -> {
                    var engines = new Engines();
                    for (NodeLibrary library : libraries) {
                        engines.addLibrary(library);
                    }
                    engines.addAccelerator(new Accelerator() {
                        @Override
                        public List<Device> devices() {
                            return List.of(Device.of("cuda:0"));
                        }

                        @Override
                        public long memory(Device device) {
                            return 1L << 30;
                        }

                        @Override
                        public void evict(Device device) {}
                    });
                    return engines;
                },
                Map.of(),
                List::of);
    }

    @NodeType(id = "test.say", category = "Test")
    public record Say() implements Node<TextOut> {
        @Override
        public TextOut run(Run run) {
            return new TextOut(new Text("hello "));
        }
    }

    @NodeType(id = "test.say", category = "Test", version = 2)
    public record SayLouder() implements Node<TextOut> {
        @Override
        public TextOut run(Run run) {
            return new TextOut(new Text("HELLO "));
        }
    }

    @NodeType(id = "test.weighty", category = "Test")
    public record Weighty() implements Node<TextOut> {
        @Override
        public Map<String, String> weightsUsed() {
            return weights;
        }

        @Override
        public TextOut run(Run run) {
            return new TextOut(new Text(String.join("", weights.values())));
        }
    }

    @NodeType(id = "test.precise", category = "Test", uses = Uses.DEVICE)
    public record Precise() implements Node<TextOut> {
        @Override
        public Map<String, String> machineChoices(Device device) {
            return Map.of("precision", precision);
        }

        @Override
        public TextOut run(Run run) {
            return new TextOut(new Text(precision));
        }
    }

    /** Chance that no seed gives. */
    @NodeType(id = "test.noise", category = "Test")
    public record Noise(@In Text text) implements Node<TextOut> {
        public Noise() {
            this(null);
        }

        @Override
        public TextOut run(Run run) {
            return new TextOut(new Text(text.value() + System.nanoTime()));
        }
    }

    @NodeType(id = "test.carry", category = "Test", uses = Uses.GRAPH)
    public record Carry(@In Text text) implements Node<TextOut> {
        public Carry() {
            this(null);
        }

        @Override
        public TextOut run(Run run) {
            return new TextOut(new Text(run.graph()));
        }
    }
}
