// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.geometry;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.eidolon.encoders.Identity;
import org.eidolon.encoders.IdentityEncoder;
import org.eidolon.head.prior.Domain;
import org.eidolon.head.prior.HeadPrior;
import org.eidolon.head.stage.StageMonitor;
import org.eidolon.head.stage.Worn;
import org.eidolon.torch.Scope;

/**
 * Finds a person's head in all expressions by score distillation on rendered normals (stage 1 of ID-to-3D, arXiv
 * 2405.16570, with the recipe of docs/method.md). Continues by itself from a checkpoint of the same run.
 */
public final class GeometryStage {
    private final HeadPrior prior;
    private final GeometrySettings settings;

    /**
     * @param prior of normals
     * @throws IllegalArgumentException if the prior shows something else
     */
    public GeometryStage(HeadPrior prior, GeometrySettings settings) {
        if (prior.card().domain() != Domain.NORMALS) {
            throw new IllegalArgumentException("the geometry stage needs a prior of " + Domain.NORMALS + ", "
                    + prior.card().id() + " is one of " + prior.card().domain());
        }
        this.prior = prior;
        this.settings = settings;
    }

    /**
     * Runs the stage.
     *
     * @param scope on the prior's device
     * @param person who it shall be, by the encoder that the prior names
     * @param worn the expressions
     * @throws IllegalArgumentException if the identity comes from another encoder
     */
    public GeometryResult run(Scope scope, Identity person, Worn worn, StageMonitor monitor) throws IOException {
        check(person);
        try (Scope s = scope.child()) {
            HeadField field = new HeadField(s, settings.resolution(), worn.count(), settings.seed());
            FieldOptimiser optimiser =
                    new FieldOptimiser(s, field, settings, prior.card().size());
            NormalsGuide guide = new NormalsGuide(s, prior, settings, person, worn);
            return new StageLoop(optimiser, settings, monitor).run(s, guide, name(person, worn));
        }
    }

    private void check(Identity person) {
        if (!person.encoderSha256().equals(prior.card().encoderSha256())) {
            throw new IllegalArgumentException("prior " + prior.card().id() + " knows people by the identity encoder "
                    + prior.card().encoder() + ", this identity comes from " + person.encoder()
                    + " or another version: encode the photo with the prior's encoder");
        }
        long tokens = (long) IdentityEncoder.TOKENS * IdentityEncoder.TOKEN * person.photos();
        if (person.embedding().length != IdentityEncoder.EMBEDDING || person.features().length != tokens) {
            throw new IllegalArgumentException("an identity of " + person.photos() + " photos has an embedding of "
                    + IdentityEncoder.EMBEDDING + " and features of " + tokens + " numbers, this one has "
                    + person.embedding().length + " and " + person.features().length);
        }
    }

    /** The same for the same inputs only: a checkpoint under another name is not taken up. */
    private String name(Identity person, Worn worn) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update((settings + prior.card().toJson()).getBytes(StandardCharsets.UTF_8));
            add(digest, person.embedding());
            add(digest, person.features());
            add(digest, person.colours());
            worn.numbers().forEach(numbers -> add(digest, numbers));
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static void add(MessageDigest digest, float[] values) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * values.length);
        bytes.asFloatBuffer().put(values);
        digest.update(bytes);
    }
}
