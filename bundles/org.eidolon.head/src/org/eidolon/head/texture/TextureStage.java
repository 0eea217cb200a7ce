// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.texture;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.eidolon.encoders.Identity;
import org.eidolon.head.prior.Domain;
import org.eidolon.head.prior.HeadPrior;
import org.eidolon.head.stage.StageMonitor;
import org.eidolon.head.stage.Worn;
import org.eidolon.mesh.Mesh;
import org.eidolon.torch.Scope;

/**
 * Finds the albedo of a head in all its expressions by score distillation on shaded pictures under random light and on
 * flat ones; the geometry stays as it is (stage 2 of ID-to-3D, arXiv 2405.16570; docs/method.md). Continues by itself
 * from a checkpoint of the same run.
 */
public final class TextureStage {
    private final HeadPrior prior;
    private final TextureSettings settings;

    /**
     * @param prior of colours
     * @throws IllegalArgumentException if the prior shows something else
     */
    public TextureStage(HeadPrior prior, TextureSettings settings) {
        if (prior.card().domain() != Domain.COLOUR) {
            throw new IllegalArgumentException("the texture stage needs a prior of " + Domain.COLOUR + ", "
                    + prior.card().id() + " is one of " + prior.card().domain());
        }
        this.prior = prior;
        this.settings = settings;
    }

    /**
     * Runs the stage.
     *
     * @param scope on the prior's device
     * @param meshes one per expression, in head space
     * @param person who it shall be, by the encoder that the prior names
     * @param worn the expressions
     * @throws IllegalArgumentException if the identity comes from another encoder, or meshes and expressions don't pair
     */
    public TextureResult run(Scope scope, List<Mesh> meshes, Identity person, Worn worn, StageMonitor monitor)
            throws IOException {
        check(meshes, person, worn);
        try (Scope s = scope.child()) {
            AlbedoField field = new AlbedoField(s, AlbedoField.around(meshes), meshes.size(), settings.seed());
            SurfaceViews views =
                    new SurfaceViews(s, meshes, settings, prior.card().size());
            TextureOptimiser optimiser = new TextureOptimiser(s, field, views, settings);
            ColourGuide guide = new ColourGuide(s, prior, settings, views, person, worn);
            field.tone(s, guide.tone(s));
            return new TextureLoop(optimiser, settings, monitor).run(s, guide, name(meshes, person, worn));
        }
    }

    private void check(List<Mesh> meshes, Identity person, Worn worn) {
        if (!person.encoderSha256().equals(prior.card().encoderSha256())) {
            throw new IllegalArgumentException("prior " + prior.card().id() + " knows people by the identity encoder "
                    + prior.card().encoder() + ", this identity comes from " + person.encoder()
                    + " or another version: encode the photo with the prior's encoder");
        }
        if (meshes.size() != worn.count()) {
            throw new IllegalArgumentException(
                    "each expression needs a mesh and a sentence: " + meshes.size() + " and " + worn.count());
        }
    }

    /** The same for the same inputs only: a checkpoint under another name is not taken up. */
    private String name(List<Mesh> meshes, Identity person, Worn worn) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update((settings + prior.card().toJson()).getBytes(StandardCharsets.UTF_8));
            for (Mesh mesh : meshes) add(digest, mesh.positions());
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
