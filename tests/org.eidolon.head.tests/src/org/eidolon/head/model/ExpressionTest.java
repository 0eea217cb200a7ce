// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.eidolon.testing.head.TinyHead;
import org.junit.jupiter.api.Test;

class ExpressionTest {
    private final List<Expression> all = Expression.standard();

    @Test
    void thirteenWithTheNeutralFirst() {
        assertThat(all).hasSize(13);
        assertThat(all.getFirst().name()).isEqualTo("neutral");
        assertThat(all.getFirst().weights()).isEmpty();
        assertThat(all.subList(1, 13)).allSatisfy(e -> assertThat(e.weights()).isNotEmpty());
    }

    @Test
    void namesSlugsAndWordingsAreUnique() {
        assertThat(all).extracting(Expression::name).doesNotHaveDuplicates();
        assertThat(all)
                .extracting(e -> e.name().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-"))
                .doesNotHaveDuplicates();
        assertThat(all.stream().flatMap(e -> e.phrases().stream())).doesNotHaveDuplicates();
        assertThat(all).allSatisfy(e -> assertThat(e.wordings()).hasSizeGreaterThanOrEqualTo(5));
    }

    @Test
    void everyShapeExistsAndNoTwoExpressionsAreTheSameShape() {
        HeadModel model = TinyHead.model();
        assertThat(model.shapeNames()).hasSize(53);
        List<float[]> weights =
                all.stream().map(e -> model.shapeWeights(e.weights())).toList();
        assertThat(weights.stream().map(java.util.Arrays::hashCode)).doesNotHaveDuplicates();
        assertThat(weights).allSatisfy(w -> {
            for (float value : w) assertThat(value).isBetween(0f, 1f);
        });
    }

    @Test
    void aNameWithoutSideSetsBothSides() {
        HeadModel model = TinyHead.model();
        float[] both = model.shapeWeights(Map.of("mouthSmile", 0.5));
        assertThat(both[model.shapeNames().indexOf("mouthSmile_L")]).isEqualTo(0.5f);
        assertThat(both[model.shapeNames().indexOf("mouthSmile_R")]).isEqualTo(0.5f);
        float[] left = model.shapeWeights(Map.of("mouthSmile_L", 0.5));
        assertThat(left[model.shapeNames().indexOf("mouthSmile_R")]).isZero();
    }

    @Test
    void anUnknownShapeIsNamed() {
        assertThatThrownBy(() -> TinyHead.model().shapeWeights(Map.of("earWiggle", 1.0)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("earWiggle");
    }
}
