// SPDX-License-Identifier: EPL-2.0
package org.eidolon.nodes;

import java.util.List;
import java.util.Map;
import org.eidolon.api.Doc;
import org.eidolon.api.Node;
import org.eidolon.api.NodeException;
import org.eidolon.api.NodeType;
import org.eidolon.api.Param;
import org.eidolon.api.Run;
import org.eidolon.encoders.Encoding;
import org.eidolon.encoders.Identity;
import org.eidolon.encoders.IdentityEncoder;
import org.eidolon.encoders.Photo;
import org.eidolon.models.Models;
import org.eidolon.nodes.internal.Agreement;
import org.eidolon.nodes.internal.Encoders;
import org.eidolon.nodes.internal.Faults;
import org.eidolon.nodes.internal.Photos;
import org.eidolon.nodes.internal.Shared;
import org.eidolon.nodes.internal.UsedModels;
import org.eidolon.nodes.value.AlignedFace;

/** Turns aligned faces of one person into an identity (ArcFace). */
@NodeType(
        id = "identity.encode",
        category = "Identity",
        name = "Encode identity",
        doc = "Turns one or several aligned faces of one person into an identity: the mean embedding and the feature "
                + "tokens of all faces. It is biometric data: use photos of people who agree.")
public record EncodeIdentity(
        @Shared.Faces List<AlignedFace> faces,

        @Param(doc = "logical id of the identity encoder", required = true)
        String encoder,

        @Shared.MinAgreement double minAgreement)
        implements Node<EncodeIdentity.Out> {

    public record Out(@Doc("who it is") Identity identity) {}

    public EncodeIdentity() {
        this(List.of(), IdentityEncoder.STARTER, 0.35);
    }

    @Override
    public Map<String, String> weightsUsed() {
        return encoder == null ? Map.of() : UsedModels.hashes(encoder);
    }

    @Override
    public Out run(Run run) throws Exception {
        List<Photo> crops = faces.stream()
                .map(face -> Photo.ofBytes(face.rgb(), AlignedFace.SIZE, AlignedFace.SIZE))
                .toList();
        Models models = Models.standard();
        Identity identity = Faults.told(() -> {
            UsedModels.record(run, models, encoder);
            if (Encoders.isArcFace(models.get(encoder))) {
                throw new NodeException(
                        "'" + encoder + "' is an ArcFace of 512 numbers, which the starter priors cannot read",
                        "Use the node identity.arcface for priors with an IP-Adapter-FaceID");
            }
            try (var network = Encoders.identities(run, models.get(encoder))) {
                List<Encoding> encodings = network.value().encode(crops);
                Identity mean = Identity.of(network.value(), encodings);
                Agreement.check(
                        run, mean, encodings.stream().map(Encoding::embedding).toList(), minAgreement);
                return mean;
            }
        });
        run.record("photos", identity.photos());
        run.preview("faces", Photos.row(faces));
        return new Out(identity);
    }
}
