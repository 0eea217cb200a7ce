// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.train.lora;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eidolon.encoders.ArcFace;
import org.eidolon.encoders.IdentityEncoder;
import org.eidolon.encoders.Photo;
import org.eidolon.head.code.HeadCodes;
import org.eidolon.head.train.RenderedHeads;
import org.eidolon.models.Models;
import org.eidolon.torch.Scope;

/** Renders of made-up people; identities are read from their portraits, by an ArcFace that was added or the built-in one. */
final class HeadSamples implements LoraSamples {
    private final Scope scope;
    private final RenderedHeads heads;
    private final List<Told> told = new ArrayList<>();
    private final String encoder;
    private final int identityWidth;

    HeadSamples(Scope scope, LoraOptions options, Models models) throws IOException {
        this.scope = scope.child();
        heads = new RenderedHeads(this.scope, options.heads(), options.domain(), options.resolution(), options.seed());
        Map<Long, float[]> identities = new HashMap<>();
        try (ArcFace arcface = options.adapters() && options.arcface() != null
                        ? ArcFace.open(models.get(options.arcface()))
                        : null;
                IdentityEncoder own = options.adapters() && arcface == null ? IdentityEncoder.open(models) : null) {
            encoder = arcface != null ? arcface.id() : own != null ? own.id() : "";
            identityWidth = arcface != null ? ArcFace.EMBEDDING : own != null ? IdentityEncoder.EMBEDDING : 0;
            for (int i = 0; i < options.pictures(); i++) {
                RenderedHeads.Told each = heads.told(i);
                float[] identity = null;
                if (identityWidth > 0) {
                    identity = identities.computeIfAbsent(each.person(), person -> {
                        Photo portrait = heads.portrait(this.scope, person);
                        return arcface != null
                                ? arcface.encode(portrait)
                                : own.encode(portrait).embedding();
                    });
                }
                String key = options.domain() + "-" + options.seed() + "-" + i + "-of-"
                        + options.heads().getFileName();
                told.add(new Told(key, each.caption(), identity, options.adapters() ? each.expression() : null));
            }
        }
    }

    @Override
    public List<Told> told() {
        return told;
    }

    @Override
    public float[] pixels(Scope s, int index) {
        return heads.picture(s, index);
    }

    @Override
    public int identityWidth() {
        return identityWidth;
    }

    @Override
    public int expressionWidth() {
        return identityWidth > 0 ? HeadCodes.EXPRESSION : 0;
    }

    @Override
    public String encoder() {
        return encoder;
    }

    @Override
    public void close() {
        scope.close();
    }
}
