// SPDX-License-Identifier: EPL-2.0
package org.eidolon.nodes;

import java.util.List;
import java.util.Map;
import org.eidolon.api.Doc;
import org.eidolon.api.In;
import org.eidolon.api.Node;
import org.eidolon.api.NodeException;
import org.eidolon.api.NodeType;
import org.eidolon.api.Quality;
import org.eidolon.api.Run;
import org.eidolon.api.Uses;
import org.eidolon.api.value.Image;
import org.eidolon.encoders.Photo;
import org.eidolon.head.fit.Fit;
import org.eidolon.head.fit.PhotoTexture;
import org.eidolon.models.Models;
import org.eidolon.nodes.internal.Fitted;
import org.eidolon.nodes.internal.HeadModels;
import org.eidolon.nodes.internal.Photos;
import org.eidolon.nodes.internal.Shared;
import org.eidolon.nodes.internal.UsedModels;
import org.eidolon.nodes.value.Head;
import org.eidolon.nodes.value.Texture;
import org.eidolon.torch.Scope;
import org.eidolon.torch.Torch;

/** The photo in the texture of a head of the head model's topology. */
@NodeType(
        id = "texture.photo",
        category = "Head",
        name = "Texture from photo",
        doc =
                "Lays the photos into the head's texture, one for all expressions: what they saw, divided by their light; "
                        + "elsewhere the colours that were read of them. For heads of head.topology.",
        uses = Uses.QUALITY)
public record PaintFromPhoto(
        @In(doc = "the head from head.topology") Head head,
        @In(doc = "what the photos say") Fit fit,
        @In(doc = "the photos of the fit, in its order") List<Image> photos,

        @Shared.TextureSize Integer textureSize)
        implements Node<PaintFromPhoto.Out> {

    public record Out(@Doc("the head with its texture") Head head) {}

    public PaintFromPhoto() {
        this(null, null, List.of(), null);
    }

    @Override
    public Map<String, String> weightsUsed() {
        return UsedModels.hashes(HeadModels.STARTER);
    }

    @Override
    public Out run(Run run) throws Exception {
        Fitted.check(fit, photos);
        List<Photo> pictures = photos.stream().map(Photos::photo).toList();
        int size = run.auto("textureSize", textureSize, byQuality(run.quality()));
        try (var parts = HeadModels.open(run, Models.standard());
                Scope scope = Scope.open(Torch.device("cpu"))) {
            var model = parts.value();
            for (Head.Shape shape : head.shapes()) {
                if (shape.mesh().vertexCount() != model.atlas().source().length) {
                    throw new NodeException(
                            "the head has no common topology: '" + shape.name() + "' has "
                                    + shape.mesh().vertexCount() + " vertices, the head model "
                                    + model.atlas().source().length,
                            "Link the head of a head.topology");
                }
            }
            var texture =
                    new PhotoTexture(model.model(), model.landmarks(), model.atlas()).bake(scope, fit, pictures, size);
            run.preview("texture", Image.of(texture.picture()));
            run.record("texture", size + "×" + size);
            return new Out(new Head(
                    head.shapes().stream()
                            .map(s -> new Head.Shape(s.name(), s.slug(), s.mesh(), 0))
                            .toList(),
                    List.of(Texture.of(texture.picture())),
                    head.weights()));
        }
    }

    private static int byQuality(Quality quality) {
        return switch (quality) {
            case DRAFT -> 1024;
            case STANDARD -> 2048;
            case HIGH -> 4096;
        };
    }
}
