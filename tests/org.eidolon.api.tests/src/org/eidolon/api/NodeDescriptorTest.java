// SPDX-License-Identifier: EPL-2.0
package org.eidolon.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.eidolon.api.value.Image;
import org.eidolon.api.value.Scalar;
import org.junit.jupiter.api.Test;

class NodeDescriptorTest {
    enum Method {
        @Doc("nearest pixel")
        NEAREST,
        BICUBIC_SHARP
    }

    @NodeType(
            id = "image.scale",
            version = 3,
            category = "Image",
            doc = "Scales.",
            uses = {Uses.SEED})
    record Scale(
            @In(doc = "what to scale") Image image,
            @In(optional = true) List<Image> others,
            @Param(min = 1, max = 4096, unit = "pixels") int size,
            @Param Method method,
            @Param(accepts = "cube") Path lookup,
            @Param double sharpness)
            implements Node<Scale.Out> {
        record Out(@Doc("the scaled image") Image image, Scalar factor) {}

        Scale() {
            this(null, List.of(), 512, Method.NEAREST, null, 0.5);
        }

        @Override
        public Out run(Run run) {
            return new Out(image, new Scalar(size));
        }
    }

    @Test
    void readsTheDeclaration() {
        var type = NodeDescriptor.of(Scale.class);
        assertThat(type.reference()).isEqualTo("image.scale@3");
        assertThat(type.name()).isEqualTo("Scale image");
        assertThat(type.uses()).containsExactly(Uses.SEED);
        assertThat(type.inputs()).extracting(NodeDescriptor.Input::name).containsExactly("image", "others");
        assertThat(type.input("image").orElseThrow().doc()).isEqualTo("what to scale");
        assertThat(type.input("others").orElseThrow())
                .isEqualTo(new NodeDescriptor.Input("others", Image.class, true, true, ""));
        assertThat(type.parameters())
                .extracting(Parameter::name, Parameter::defaultValue)
                .containsExactly(
                        tuple("size", 512),
                        tuple("method", Method.NEAREST),
                        tuple("lookup", null),
                        tuple("sharpness", 0.5));
        assertThat(type.parameter("method").orElseThrow().choices()).containsExactly("nearest", "bicubic-sharp");
        assertThat(type.outputs())
                .containsExactly(
                        new NodeDescriptor.Output("image", Image.class, "the scaled image"),
                        new NodeDescriptor.Output("factor", Scalar.class, ""));
    }

    @Test
    void makesNodesWithDefaultsForWhatIsMissing() {
        var node = NodeDescriptor.of(Scale.class).create(Map.of("size", 64, "method", Method.BICUBIC_SHARP));
        assertThat(node).isEqualTo(new Scale(null, List.of(), 64, Method.BICUBIC_SHARP, null, 0.5));
    }

    @Test
    void readsOutputsByName() {
        var type = NodeDescriptor.of(Scale.class);
        assertThat(type.output(new Scale.Out(null, new Scalar(2)), "factor")).isEqualTo(new Scalar(2));
    }

    @Param(min = 1, max = 9, unit = "steps", doc = "how many")
    @Retention(RetentionPolicy.RUNTIME)
    @interface Steps {}

    @In(optional = true, doc = "what to scale")
    @Retention(RetentionPolicy.RUNTIME)
    @interface Picture {}

    @NodeType(id = "test.shared", category = "Test")
    record Shares(
            @Picture Image image, @Steps int first, @Steps int second) implements Node<Scale.Out> {
        Shares() {
            this(null, 2, 3);
        }

        @Override
        public Scale.Out run(Run run) {
            return null;
        }
    }

    @Test
    void whatNodesShareStandsOnAnAnnotation() {
        var type = NodeDescriptor.of(Shares.class);
        assertThat(type.inputs())
                .containsExactly(new NodeDescriptor.Input("image", Image.class, false, true, "what to scale"));
        assertThat(type.parameters())
                .extracting(Parameter::name, Parameter::defaultValue, Parameter::max, Parameter::unit, Parameter::doc)
                .containsExactly(
                        tuple("first", 2, 9.0, "steps", "how many"), tuple("second", 3, 9.0, "steps", "how many"));
    }

    @NodeType(id = "test.auto", category = "Test")
    record Auto(
            @Param(min = 1, auto = "by the quality") Integer steps,
            @Param(auto = "by the prior") Double guidance,
            @Param(auto = "at random") Long seed)
            implements Node<Scale.Out> {
        Auto() {
            this(null, 0.5, null);
        }

        @Override
        public Scale.Out run(Run run) {
            return null;
        }
    }

    @Test
    void aNumberThatMayBeAutoIsNullThen() {
        var type = NodeDescriptor.of(Auto.class);
        assertThat(type.parameters())
                .extracting(Parameter::type, Parameter::defaultValue, Parameter::auto)
                .containsExactly(
                        tuple(int.class, null, "by the quality"),
                        tuple(double.class, 0.5, "by the prior"),
                        tuple(long.class, null, "at random"));
        assertThat(type.create(Map.of("steps", 3))).isEqualTo(new Auto(3, 0.5, null));
    }

    @NodeType(id = "test.boxed", category = "Test")
    record Boxed(@Param Integer steps) implements Node<Scale.Out> {
        Boxed() {
            this(null);
        }

        @Override
        public Scale.Out run(Run run) {
            return null;
        }
    }

    @NodeType(id = "test.never", category = "Test")
    record NeverNull(@Param(auto = "by the quality") int steps) implements Node<Scale.Out> {
        NeverNull() {
            this(0);
        }

        @Override
        public Scale.Out run(Run run) {
            return null;
        }
    }

    @NodeType(id = "test.twice", category = "Test")
    record MarkedTwice(@Steps @Param int x) implements Node<Scale.Out> {
        MarkedTwice() {
            this(1);
        }

        @Override
        public Scale.Out run(Run run) {
            return null;
        }
    }

    @NodeType(id = "test.both", category = "Test")
    record MarkedAsBoth(@Steps @In(doc = "x") int x) implements Node<Scale.Out> {
        MarkedAsBoth() {
            this(1);
        }

        @Override
        public Scale.Out run(Run run) {
            return null;
        }
    }

    record Undeclared(@Param int x) implements Node<Scale.Out> {
        @Override
        public Scale.Out run(Run run) {
            return null;
        }
    }

    @NodeType(id = "NoDots", category = "Test")
    record BadId() implements Node<Scale.Out> {
        @Override
        public Scale.Out run(Run run) {
            return null;
        }
    }

    @NodeType(id = "test.unmarked", category = "Test")
    record Unmarked(int x) implements Node<Scale.Out> {
        Unmarked() {
            this(1);
        }

        @Override
        public Scale.Out run(Run run) {
            return null;
        }
    }

    @NodeType(id = "test.defaults", category = "Test")
    record NoDefaults(@Param int x) implements Node<Scale.Out> {
        @Override
        public Scale.Out run(Run run) {
            return null;
        }
    }

    @NodeType(id = "test.range", category = "Test")
    record DefaultOutOfRange(@Param(max = 3) int x) implements Node<Scale.Out> {
        DefaultOutOfRange() {
            this(4);
        }

        @Override
        public Scale.Out run(Run run) {
            return null;
        }
    }

    @NodeType(id = "test.type", category = "Test")
    record WrongType(@Param float x) implements Node<Scale.Out> {
        WrongType() {
            this(4);
        }

        @Override
        public Scale.Out run(Run run) {
            return null;
        }
    }

    @NodeType(id = "test.conversion", category = "Test", conversion = true)
    record TwoWays(@In Image a, @In Image b) implements Node<TwoWays.Out> {
        record Out(Scalar x) {}

        TwoWays() {
            this(null, null);
        }

        @Override
        public Out run(Run run) {
            return null;
        }
    }

    @Test
    void saysWhatIsWrongWithADeclaration() {
        refused(Undeclared.class, "carries no @NodeType");
        refused(Boxed.class, "parameter 'steps' is Integer; one that may be auto, and only that");
        refused(NeverNull.class, "parameter 'steps' is int; one that may be auto, and only that");
        refused(BadId.class, "has the id 'NoDots'; use lower-case words joined by dots");
        refused(Unmarked.class, "component 'x' must be marked either @In or @Param");
        refused(MarkedAsBoth.class, "component 'x' must be marked either @In or @Param");
        refused(MarkedTwice.class, "component 'x' is marked @Param twice");
        refused(NoDefaults.class, "needs a no-argument constructor that holds the defaults");
        refused(DefaultOutOfRange.class, "default of parameter 'x' is outside its own range");
        refused(WrongType.class, "parameter 'x' is a float; use int, long, double");
        refused(TwoWays.class, "is a conversion, which needs one required input and one output");
    }

    private static void refused(Class<? extends Node<?>> type, String why) {
        assertThatThrownBy(() -> NodeDescriptor.of(type))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(type.getName())
                .hasMessageContaining(why);
    }
}
