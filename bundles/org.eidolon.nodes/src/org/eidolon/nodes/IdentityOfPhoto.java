// SPDX-License-Identifier: EPL-2.0
package org.eidolon.nodes;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.eidolon.api.Doc;
import org.eidolon.api.In;
import org.eidolon.api.Node;
import org.eidolon.api.NodeType;
import org.eidolon.api.Run;
import org.eidolon.api.value.Image;
import org.eidolon.encoders.Identity;

/** Photo to identity in one step, with the defaults of both. */
@NodeType(
        id = "identity.photo",
        category = "Identity",
        name = "Identity of a photo",
        doc = "Aligns the only face of a photo and encodes it: what is put between when a photo is linked to an "
                + "input that takes an identity.",
        conversion = true)
public record IdentityOfPhoto(
        @In(doc = "a photo of one person") Image photo) implements Node<IdentityOfPhoto.Out> {

    public record Out(@Doc("who it is") Identity identity) {}

    public IdentityOfPhoto() {
        this(null);
    }

    @Override
    public Map<String, String> weightsUsed() {
        var all = new TreeMap<>(new AlignFace().weightsUsed());
        all.putAll(new EncodeIdentity().weightsUsed());
        return all;
    }

    @Override
    public Out run(Run run) throws Exception {
        var align = new AlignFace();
        var face = new AlignFace(
                        photo,
                        align.face(),
                        align.minConfidence(),
                        align.minFacePixels(),
                        align.minSharpness(),
                        align.minQuality())
                .run(run)
                .face();
        var encode = new EncodeIdentity();
        return new Out(new EncodeIdentity(List.of(face), encode.encoder(), encode.minAgreement())
                .run(run)
                .identity());
    }
}
