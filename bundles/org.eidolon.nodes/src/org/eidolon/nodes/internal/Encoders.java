// SPDX-License-Identifier: EPL-2.0
package org.eidolon.nodes.internal;

import org.eidolon.api.Kept;
import org.eidolon.api.Run;
import org.eidolon.encoders.ArcFace;
import org.eidolon.encoders.FaceDetector;
import org.eidolon.encoders.IdentityEncoder;
import org.eidolon.encoders.PortraitReader;
import org.eidolon.encoders.SentenceEncoder;
import org.eidolon.models.Model;
import org.eidolon.models.Models;

/** The inference networks of the photo and of the words, opened once for all who use them. */
public final class Encoders {
    private Encoders() {}

    public static Kept<FaceDetector> faces(Run run, Models models) throws Exception {
        String sha256 = models.get(FaceDetector.STARTER).info().sha256();
        return run.keep("faces " + sha256, FaceDetector.class, () -> FaceDetector.open(models));
    }

    public static Kept<PortraitReader> portraits(Run run, Models models) throws Exception {
        String sha256 = models.get(FaceDetector.STARTER).info().sha256() + " "
                + models.get(IdentityEncoder.STARTER).info().sha256();
        return run.keep("portraits " + sha256, PortraitReader.class, () -> PortraitReader.open(models));
    }

    public static Kept<IdentityEncoder> identities(Run run, Model weights) throws Exception {
        String key = "identities " + weights.info().id() + " " + weights.info().sha256();
        return run.keep(key, IdentityEncoder.class, () -> IdentityEncoder.open(weights));
    }

    public static Kept<ArcFace> arcFaces(Run run, Model weights) throws Exception {
        String key = "arcface " + weights.info().id() + " " + weights.info().sha256();
        return run.keep(key, ArcFace.class, () -> ArcFace.open(weights));
    }

    /** Whether weights are an ArcFace that somebody published, and not the encoder that comes along. */
    public static boolean isArcFace(Model weights) {
        return weights.info().attributes().getOrDefault("layout", "").equals("arcface");
    }

    public static Kept<SentenceEncoder> sentences(Run run, Models models) throws Exception {
        String key = "sentences";
        for (String part : new String[] {SentenceEncoder.STARTER, SentenceEncoder.STARTER + "/tokenizer"}) {
            key += " " + models.get(part).info().sha256();
        }
        return run.keep(key, SentenceEncoder.class, () -> SentenceEncoder.open(models));
    }
}
