// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.prior;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eidolon.diffusion.NoiseSchedule;
import org.eidolon.diffusion.Precision;
import org.eidolon.diffusion.UNet;
import org.eidolon.diffusion.UNetConfig;
import org.eidolon.head.view.ViewCode;
import org.eidolon.torch.SafeTensorsWriter;
import org.eidolon.torch.Scope;
import org.eidolon.torch.Torch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HeadPriorTest {
    private static final String HASH = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    @TempDir
    Path folder;

    /** The same numbers on every machine. */
    @BeforeAll
    static void exactly() {
        System.setProperty("eidolon.precision", "float32");
    }

    @AfterAll
    static void asFastAsCanBe() {
        System.clearProperty("eidolon.precision");
    }

    private static PriorCard card(int viewCode) {
        return new PriorCard(
                Domain.NORMALS.id(),
                Domain.NORMALS,
                UNetConfig.tiny(3, ViewCode.LENGTH),
                64,
                NoiseSchedule.Prediction.VELOCITY,
                "identity/one",
                HASH,
                "text/one",
                viewCode,
                12,
                Map.of("seed", "1"));
    }

    private Path write(Map<String, String> metadata) throws IOException {
        Path file = folder.resolve("prior.safetensors");
        try (Scope scope = Scope.open(Torch.device("cpu"))) {
            UNet unet = UNet.create(scope, UNetConfig.tiny(3, ViewCode.LENGTH), 5);
            SafeTensorsWriter.HALF.write(file, unet.parameters(), metadata);
        }
        return file;
    }

    @Test
    void aCardComesBackFromItsText() {
        PriorCard card = card(ViewCode.LENGTH);
        assertThat(PriorCard.fromJson(card.toJson(), "here")).isEqualTo(card);
        assertThat(Domain.COLOUR.id()).isEqualTo("prior/head-colour");
    }

    @Test
    void aPriorOpensWithItsWeightsInPlace() throws IOException {
        Path file = write(Map.of(PriorCard.KEY, card(ViewCode.LENGTH).toJson()));
        try (Scope scope = Scope.open(Torch.device("cpu"))) {
            HeadPrior prior = HeadPrior.open(scope, file, Domain.NORMALS, "identity/one", HASH);
            assertThat(prior.card()).isEqualTo(card(ViewCode.LENGTH));
            assertThat(prior.precision()).isEqualTo(Precision.FLOAT32);
            UNet again = UNet.create(scope, UNetConfig.tiny(3, ViewCode.LENGTH), 5);
            again.parameters().forEach((name, weight) -> {
                float[] a = weight.toFloatArray();
                float[] b = prior.unet().parameters().get(name).toFloatArray();
                for (int i = 0; i < a.length; i++) {
                    assertThat(Math.abs(a[i] - b[i])).as(name).isLessThan(1e-3f * (1 + Math.abs(a[i])));
                }
            });
        }
    }

    @Test
    void anotherEncoderIsAnErrorThatNamesBoth() throws IOException {
        Path file = write(Map.of(PriorCard.KEY, card(ViewCode.LENGTH).toJson()));
        assertRefused(
                file,
                Domain.NORMALS,
                "fedcba9876543210",
                "identity/one",
                "0123456789ab",
                "identity/two",
                "fedcba987654",
                "encode the photo with the prior's encoder");
    }

    @Test
    void anotherDomainIsAnErrorThatNamesBoth() throws IOException {
        Path file = write(Map.of(PriorCard.KEY, card(ViewCode.LENGTH).toJson()));
        assertRefused(
                file, Domain.COLOUR, HASH, "prior.safetensors", "is a prior of normals", "one of colour is needed");
    }

    @Test
    void weightsWithoutACardAreNoPrior() throws IOException {
        assertRefused(write(new HashMap<>()), Domain.NORMALS, HASH, "is no prior", "eidolon train prior");
    }

    @Test
    void damagedCardsAreTold() throws IOException {
        for (String text : new String[] {"{", "null", "{}", "[]", "{\"domain\": \"SMELL\", \"viewCode\": 23}"}) {
            assertRefused(write(Map.of(PriorCard.KEY, text)), Domain.NORMALS, HASH, "damaged", PriorCard.KEY);
        }
        String narrow = card(ViewCode.LENGTH).toJson().replace("\"groups\":4", "\"groups\":0");
        assertRefused(write(Map.of(PriorCard.KEY, narrow)), Domain.NORMALS, HASH, "damaged", "groups");
    }

    @Test
    void anotherViewCodeIsTold() throws IOException {
        assertRefused(
                write(Map.of(PriorCard.KEY, card(8).toJson())),
                Domain.NORMALS,
                HASH,
                "view codes of 8 numbers",
                "use weights of this version");
    }

    private static void assertRefused(Path file, Domain domain, String hash, String... words) {
        try (Scope scope = Scope.open(Torch.device("cpu"))) {
            assertThatThrownBy(() -> HeadPrior.open(scope, file, domain, "identity/two", hash))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContainingAll(words);
        }
    }

    /** What ships says of itself what the code expects. */
    @Test
    void theStarterPriorsKnowPeopleByTheStarterEncoder() throws IOException {
        var models = org.eidolon.models.Models.standard();
        String encoder =
                models.get(org.eidolon.encoders.IdentityEncoder.STARTER).info().sha256();
        for (Domain domain : List.of(Domain.NORMALS, Domain.COLOUR)) {
            Path file = models.get(domain.id()).verifiedPath();
            PriorCard card = HeadPrior.card(file);
            assertThat(card.encoderSha256()).isEqualTo(encoder);
            assertThat(card.domain()).isEqualTo(domain);
            try (Scope scope = Scope.open(Torch.device("cpu"))) {
                NDArray[] all = HeadPrior.open(scope, file, domain, card.encoder(), encoder)
                        .unet()
                        .parameters()
                        .values()
                        .toArray(new NDArray[0]);
                assertThat(java.util.Arrays.stream(all).mapToLong(NDArray::size).sum())
                        .isEqualTo(UNet.count(card.config()));
            }
        }
    }
}
