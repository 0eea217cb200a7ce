// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.stage;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.eidolon.encoders.Encodings;
import org.eidolon.encoders.IdentityEncoder;
import org.eidolon.head.model.HeadPack;
import org.eidolon.head.train.HeadTensors;
import org.eidolon.head.train.Pictures;
import org.eidolon.head.train.Subject;
import org.eidolon.models.Models;
import org.eidolon.torch.Scope;
import org.eidolon.torch.Torch;

/**
 * Makes the space of painted portraits that ships with the bundle: {@code FitFeatureSpace HEADS OUT}. To be run again
 * when the painter or the identity encoder changes.
 */
public final class FitFeatureSpace {
    private static final int PORTRAITS = 800, OTHERS = 100, COMPONENTS = 96, BATCH = 20;

    /** First seed of the people taken; training begins elsewhere but draws from the same kind. */
    private static final long SEED = 500_000_000L;

    private FitFeatureSpace() {}

    public static void main(String[] args) throws IOException {
        try (Scope scope = Scope.open(Torch.device("cpu"));
                IdentityEncoder encoder = IdentityEncoder.open(Models.standard())) {
            HeadTensors heads = new HeadTensors(scope, HeadPack.open(Path.of(args[0])));
            Pictures pictures = new Pictures(heads);
            float[] maps = maps(scope, encoder, pictures, heads, SEED, PORTRAITS);
            float[] others = maps(scope, encoder, pictures, heads, SEED + PORTRAITS, OTHERS);
            FeatureSpace.of(scope, encoder.sha256(), maps, others, COMPONENTS).write(Path.of(args[1]));
        }
    }

    private static float[] maps(
            Scope scope, IdentityEncoder encoder, Pictures pictures, HeadTensors heads, long seed, int count) {
        int width = IdentityEncoder.TOKENS * IdentityEncoder.TOKEN;
        float[] all = new float[count * width];
        for (int from = 0; from < count; from += BATCH) {
            List<Subject> people = new ArrayList<>();
            for (int i = 0; i < BATCH; i++) people.add(Subject.of(seed + from + i, heads.model()));
            try (Scope s = scope.child()) {
                Encodings found = encoder.encode(pictures.portraits(s, people).toFloatArray(), BATCH);
                System.arraycopy(found.features(), 0, all, from * width, BATCH * width);
            }
        }
        return all;
    }
}
