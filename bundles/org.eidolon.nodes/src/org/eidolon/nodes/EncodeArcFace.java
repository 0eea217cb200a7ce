// SPDX-License-Identifier: EPL-2.0
package org.eidolon.nodes;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.eidolon.api.Doc;
import org.eidolon.api.Node;
import org.eidolon.api.NodeType;
import org.eidolon.api.Param;
import org.eidolon.api.Run;
import org.eidolon.encoders.ArcFace;
import org.eidolon.encoders.Identity;
import org.eidolon.encoders.Photo;
import org.eidolon.models.Models;
import org.eidolon.nodes.internal.Agreement;
import org.eidolon.nodes.internal.Encoders;
import org.eidolon.nodes.internal.Faults;
import org.eidolon.nodes.internal.Photos;
import org.eidolon.nodes.internal.Published;
import org.eidolon.nodes.internal.Shared;
import org.eidolon.nodes.internal.UsedModels;
import org.eidolon.nodes.value.AlignedFace;

/** Turns aligned faces of one person into what IP-Adapter-FaceID reads (ArcFace, 512 numbers). */
@NodeType(
        id = "identity.arcface",
        category = "Identity",
        name = "Encode identity (ArcFace)",
        doc =
                "Turns one or several aligned faces of one person into the 512 numbers that an IP-Adapter-FaceID reads, by an "
                        + "ArcFace network that you added. It is biometric data: use photos of people who agree.")
public record EncodeArcFace(
        @Shared.Faces List<AlignedFace> faces,

        @Param(doc = "name of an ArcFace network among your models", required = true)
        String encoder,

        @Shared.MinAgreement double minAgreement)
        implements Node<EncodeArcFace.Out> {

    public record Out(@Doc("who it is") Identity identity) {}

    public EncodeArcFace() {
        this(List.of(), "arcface", 0.35);
    }

    @Override
    public Map<String, String> weightsUsed() {
        return Published.hashes(new Published.Named(encoder, Published.IDENTITY));
    }

    @Override
    public Out run(Run run) throws Exception {
        Models models = Models.standard();
        Identity identity = Faults.told(() -> {
            String name = encoder.strip();
            UsedModels.record(run, models, name);
            try (var network = Encoders.arcFaces(run, models.get(name))) {
                List<float[]> all = new ArrayList<>();
                for (AlignedFace face : faces) {
                    run.checkCancelled();
                    all.add(network.value().encode(Photo.ofBytes(face.rgb(), AlignedFace.SIZE, AlignedFace.SIZE)));
                }
                Identity mean = ArcFace.identity(network.value(), all);
                Agreement.check(run, mean, all, minAgreement);
                return mean;
            }
        });
        run.record("photos", identity.photos());
        run.preview("faces", Photos.row(faces));
        return new Out(identity);
    }
}
