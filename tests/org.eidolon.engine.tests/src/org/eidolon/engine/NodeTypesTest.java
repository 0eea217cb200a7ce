// SPDX-License-Identifier: EPL-2.0
package org.eidolon.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.eidolon.api.Device;
import org.eidolon.api.Node;
import org.eidolon.api.NodeLibrary;
import org.eidolon.api.NodeType;
import org.eidolon.api.Quality;
import org.eidolon.api.Run;
import org.eidolon.api.ValueType;
import org.eidolon.api.value.Scalar;
import org.eidolon.api.value.Text;
import org.junit.jupiter.api.Test;

class NodeTypesTest {
    record Shape(float[] points) {}

    record Out(Shape shape) {}

    @NodeType(id = "test.shape", category = "Test")
    record MakeShape() implements Node<Out> {
        @Override
        public Out run(Run run) {
            return new Out(new Shape(new float[3]));
        }
    }

    @NodeType(id = "test.shape", category = "Test")
    record Impostor() implements Node<Out> {
        @Override
        public Out run(Run run) {
            return null;
        }
    }

    private static NodeLibrary library(Class<? extends Node<?>> node, ValueType<?>... values) {
        return new NodeLibrary() {
            @Override
            public List<Class<? extends Node<?>>> nodes() {
                return List.of(node);
            }

            @Override
            public List<ValueType<?>> values() {
                return List.of(values);
            }
        };
    }

    @Test
    void everyPortNeedsAValueType() {
        assertThatThrownBy(() -> new NodeTypes(library(MakeShape.class)))
                .hasMessageContaining("port 'shape' of node type test.shape is a " + Shape.class.getName());
        var shape = ValueType.ofRecord("shape", "#112233", Shape.class);
        assertThat(new NodeTypes(library(MakeShape.class, shape)).valueType(Shape.class))
                .isSameAs(shape);
    }

    @Test
    void anIdBelongsToOneClass() {
        var shape = ValueType.ofRecord("shape", "#112233", Shape.class);
        var types = new NodeTypes(library(MakeShape.class, shape));
        types.add(library(MakeShape.class, shape)); // the same library again does no harm
        assertThatThrownBy(() -> types.add(library(Impostor.class)))
                .hasMessageContaining("node type test.shape is declared by");
        types.remove(library(MakeShape.class));
        types.add(library(Impostor.class));
        assertThat(types.find("test.shape").orElseThrow().type().nodeClass()).isEqualTo(Impostor.class);
    }

    @Test
    void listsTypesByIdAndFindsConversions() {
        var types = new NodeTypes(new TestNodes());
        assertThat(types.all()).extracting(Object::toString).isSorted().contains("test.add@1");
        assertThat(types.conversion(Scalar.class, Text.class).orElseThrow().id())
                .isEqualTo("test.number-to-text");
        assertThat(types.conversion(Text.class, Scalar.class)).isEmpty();
    }

    @Test
    void theCacheLiesWhereTheEnvironmentSays() {
        assertThat(Cache.defaultFolder(Map.of("EIDOLON_CACHE", "/fast", "XDG_CACHE_HOME", "/xdg")))
                .isEqualTo(Path.of("/fast"));
        assertThat(Cache.defaultFolder(Map.of("XDG_CACHE_HOME", "/xdg"))).isEqualTo(Path.of("/xdg/eidolon"));
        assertThat(Cache.defaultFolder(Map.of()))
                .isEqualTo(Path.of(System.getProperty("user.home"), ".cache", "eidolon"));
    }

    @Test
    void automaticQualityFollowsTheDevice() {
        var options = RunOptions.defaults();
        assertThat(options.settledQuality()).isEqualTo(Quality.DRAFT);
        assertThat(options.withDevices(List.of(Device.of("cuda:3"))).settledQuality())
                .isEqualTo(Quality.STANDARD);
        assertThatThrownBy(() -> options.withDevices(List.of(Device.CPU, Device.of("cuda"))))
                .hasMessageContaining("devices of one kind");
    }
}
