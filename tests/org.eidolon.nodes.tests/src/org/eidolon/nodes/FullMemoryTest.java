// SPDX-License-Identifier: EPL-2.0
package org.eidolon.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.eidolon.api.Node;
import org.eidolon.api.NodeDescriptor;
import org.eidolon.api.Quality;
import org.eidolon.head.prior.Domain;
import org.eidolon.nodes.internal.LatentRun.Numbers;
import org.eidolon.nodes.internal.Published;
import org.eidolon.nodes.value.DiffusionPrior;
import org.eidolon.nodes.value.Expressions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Memory that stages of the full size lease, by what they are told and by the quality. */
class FullMemoryTest {
    @TempDir
    static Path models;

    private static DiffusionPrior prior;

    @BeforeAll
    static void addWeights() throws Exception {
        PublishedMiniature miniature = new PublishedMiniature(models);
        miniature.addAll();
        System.setProperty("eidolon.models", miniature.shelf().toString());
        Map<String, String> weights = Published.hashes(new Published.Named("sd15", Published.BASE));
        prior = new DiffusionPrior(Domain.COLOUR, "sd15", "", "", 1, "", 1, "{expression}, {view}", "", weights);
    }

    @AfterAll
    static void forgetWeights() {
        System.clearProperty("eidolon.models");
    }

    /** What a stage asks for; after the quality come names and values of inputs and parameters. */
    private static long leased(Class<? extends Node<?>> stage, Quality quality, Object... parameters) {
        Map<String, Object> values = new TreeMap<>(Map.of("prior", prior, "expressions", expressions(4)));
        for (int i = 0; i < parameters.length; i += 2) values.put((String) parameters[i], parameters[i + 1]);
        return NodeDescriptor.of(stage).create(values).deviceMemory(quality);
    }

    private static Expressions expressions(int count) {
        List<String> words =
                List.of("neutral", "smile", "frown", "wink", "yawn", "pout").subList(0, count);
        return new Expressions("none", "0", words, words, words, new float[count], new float[1], new float[count]);
    }

    @Test
    void itGoesByTheQuality() {
        for (Class<? extends Node<?>> stage :
                List.of(MakeFullGeometry.class, MakeFullTexture.class, RefineTexture.class)) {
            assertThat(leased(stage, Quality.STANDARD))
                    .as(stage.getSimpleName())
                    .isGreaterThan(leased(stage, Quality.DRAFT));
        }
        // the lattice alone grows from standard to high
        assertThat(leased(MakeFullGeometry.class, Quality.HIGH))
                .isGreaterThan(leased(MakeFullGeometry.class, Quality.STANDARD));
    }

    @Test
    void itGoesByTheParameters() {
        for (Class<? extends Node<?>> stage :
                List.of(MakeFullGeometry.class, MakeFullTexture.class, RefineTexture.class)) {
            long usual = leased(stage, Quality.DRAFT);
            assertThat(usual).as(stage.getSimpleName()).isPositive();
            assertThat(leased(stage, Quality.DRAFT, "views", 4)).isGreaterThan(usual);
            assertThat(leased(stage, Quality.DRAFT, "picture", 256)).isLessThan(usual);
            assertThat(leased(stage, Quality.DRAFT, "precision", Numbers.FLOAT32))
                    .isGreaterThan(usual);
            assertThat(leased(stage, Quality.DRAFT, "precision", Numbers.BFLOAT16))
                    .isEqualTo(usual);
            assertThat(leased(stage, Quality.DRAFT, "expressions", expressions(1)))
                    .isLessThan(usual);
        }
        assertThat(leased(MakeFullGeometry.class, Quality.DRAFT, "resolution", 32))
                .isLessThan(leased(MakeFullGeometry.class, Quality.DRAFT));
        // where views are told, the quality of a texture has no say
        assertThat(leased(MakeFullTexture.class, Quality.HIGH, "views", 1))
                .isEqualTo(leased(MakeFullTexture.class, Quality.DRAFT, "views", 1));
    }

    @Test
    void weightsThatAreGoneLeaseTheWholeDevice() {
        var gone = new DiffusionPrior(Domain.COLOUR, "sd99", "", "", 1, "", 1, "", "", Map.of());
        assertThat(leased(MakeFullTexture.class, Quality.DRAFT, "prior", gone)).isZero();
    }
}
