// SPDX-License-Identifier: EPL-2.0
package org.eidolon.nodes.value;

import java.util.List;
import org.eidolon.api.ValueType;
import org.eidolon.encoders.Identity;
import org.eidolon.head.fit.Fit;

/** The value types of heads and of what they are made from. */
public final class HeadValues {
    public static final ValueType<AlignedFace> FACE = ValueType.ofRecord("face", "#d98c5f", AlignedFace.class);
    public static final ValueType<Identity> IDENTITY = ValueType.ofRecord("identity", "#c25b6e", Identity.class);
    public static final ValueType<Expressions> EXPRESSIONS =
            ValueType.ofRecord("expressions", "#7d6bb5", Expressions.class);
    public static final ValueType<Prior> PRIOR = ValueType.ofRecord("prior", "#4f8a8b", Prior.class);
    public static final ValueType<DiffusionPrior> DIFFUSION_PRIOR =
            ValueType.ofRecord("diffusion-prior", "#3f6f9f", DiffusionPrior.class);
    public static final ValueType<Head> HEAD = ValueType.ofRecord("head", "#d0a98f", Head.class);

    public static final ValueType<Fit> FIT = ValueType.ofRecord("fit", "#8f9f4f", Fit.class);

    public static final List<ValueType<?>> ALL =
            List.of(FACE, IDENTITY, FIT, EXPRESSIONS, PRIOR, DIFFUSION_PRIOR, HEAD);

    private HeadValues() {}
}
