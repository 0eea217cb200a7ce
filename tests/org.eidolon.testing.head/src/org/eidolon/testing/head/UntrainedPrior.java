// SPDX-License-Identifier: EPL-2.0
package org.eidolon.testing.head;

import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.eidolon.diffusion.NoiseSchedule;
import org.eidolon.diffusion.Precision;
import org.eidolon.diffusion.UNet;
import org.eidolon.diffusion.UNetConfig;
import org.eidolon.encoders.Identity;
import org.eidolon.encoders.IdentityEncoder;
import org.eidolon.encoders.SentenceEncoder;
import org.eidolon.head.code.CodeReader;
import org.eidolon.head.code.HeadCodes;
import org.eidolon.head.prior.Domain;
import org.eidolon.head.prior.HeadPrior;
import org.eidolon.head.prior.PriorCard;
import org.eidolon.head.stage.Worn;
import org.eidolon.head.view.ViewCode;
import org.eidolon.torch.Scope;

/** A small prior for stages: what it says is nonsense, but the same nonsense each time. With people and words for it. */
public final class UntrainedPrior {
    private UntrainedPrior() {}

    /** A prior that wants people of the encoder "abc". */
    public static HeadPrior of(Scope scope, Domain domain) {
        UNetConfig config = UNetConfig.tiny(3, ViewCode.LENGTH).withCodes(HeadCodes.IDENTITY, HeadCodes.EXPRESSION, 2);
        PriorCard card = new PriorCard(
                "prior/test",
                domain,
                config,
                32,
                NoiseSchedule.Prediction.VELOCITY,
                "encoder",
                "abc",
                "sentences",
                ViewCode.LENGTH,
                0,
                Map.of());
        return new HeadPrior(
                card,
                UNet.create(scope, config, 3).prepare(scope, Precision.FLOAT32),
                Optional.of(CodeReader.create(scope, 4)),
                Precision.FLOAT32,
                NoiseSchedule.cosine(NoiseSchedule.Prediction.VELOCITY));
    }

    /** Somebody whom the encoder of that hash has seen in so many photos. */
    public static Identity person(String sha256, int photos) {
        return new Identity(
                "encoder",
                sha256,
                photos,
                numbers(IdentityEncoder.EMBEDDING),
                numbers(photos * IdentityEncoder.TOKENS * IdentityEncoder.TOKEN),
                numbers(IdentityEncoder.COLOURS));
    }

    /** So many expressions, each another. */
    public static Worn sentences(int count) {
        float[][] all = new float[count][];
        for (int e = 0; e < count; e++) {
            all[e] = numbers(SentenceEncoder.LENGTH);
            all[e][e] += 3;
        }
        return Worn.of(all);
    }

    private static float[] numbers(int count) {
        Random random = new Random(count);
        float[] out = new float[count];
        for (int i = 0; i < count; i++) out[i] = (float) random.nextGaussian();
        return out;
    }
}
