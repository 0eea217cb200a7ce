// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.bench;

import ai.djl.Device;
import com.google.gson.Gson;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.eidolon.encoders.Encoding;
import org.eidolon.encoders.Encodings;
import org.eidolon.encoders.Identity;
import org.eidolon.encoders.IdentityEncoder;
import org.eidolon.encoders.SentenceEncoder;
import org.eidolon.head.model.Expression;
import org.eidolon.head.prior.Domain;
import org.eidolon.head.prior.HeadPrior;
import org.eidolon.head.prior.PriorCard;
import org.eidolon.head.stage.Worn;
import org.eidolon.head.train.Pictures;
import org.eidolon.head.train.Subject;
import org.eidolon.models.Hashes;
import org.eidolon.models.Models;
import org.eidolon.torch.Scope;
import org.eidolon.torch.Torch;

/** The networks that a benchmark asks: encoders as the normals prior names them, and priors. */
final class Experts implements AutoCloseable {
    private final Models models;
    private final IdentityEncoder identities;
    private final SentenceEncoder sentences;
    private final HeadPrior normals;
    private final Map<String, String> hashes = new TreeMap<>();

    /** @param prior id or file of a normals prior */
    Experts(Scope scope, Models models, String prior) throws IOException {
        this.models = models;
        Path file = file(models, prior);
        PriorCard card = HeadPrior.card(file);
        identities = IdentityEncoder.open(models.get(card.encoder(), card.encoderSha256()));
        sentences = SentenceEncoder.open(models);
        normals = HeadPrior.open(scope, file, Domain.NORMALS, identities.id(), identities.sha256());
        hashes.put(card.id(), Hashes.sha256(file));
        hashes.put(identities.id(), identities.sha256());
        hashes.put(sentences.id(), sentences.sha256());
    }

    /** Opens a colour prior too. */
    HeadPrior colour(Scope scope, String prior) throws IOException {
        Path file = file(models, prior);
        HeadPrior opened = HeadPrior.open(scope, file, Domain.COLOUR, identities.id(), identities.sha256());
        hashes.put(opened.card().id(), Hashes.sha256(file));
        return opened;
    }

    /** A device as the command writes it. */
    static String name(Device device) {
        return device.isGpu() ? "cuda:" + device.getDeviceId() : "cpu";
    }

    /** Weights by their id, or a file that is named as such. */
    static Path file(Models models, String idOrFile) {
        if (idOrFile.endsWith(".safetensors")) {
            Path file = Path.of(idOrFile);
            if (!Files.isRegularFile(file)) throw new IllegalArgumentException("there are no weights at " + file);
            return file;
        }
        return models.get(idOrFile).verifiedPath();
    }

    Models models() {
        return models;
    }

    HeadPrior normals() {
        return normals;
    }

    IdentityEncoder identities() {
        return identities;
    }

    /** Weights in use, id → sha256. */
    Map<String, String> hashes() {
        return hashes;
    }

    /** Says at the end of a result what it was made of, how long that took, and where. */
    void sign(JsonObject json, TrueHeads heads, long began) {
        json.addProperty("heads", heads.hash());
        json.add("weights", new Gson().toJsonTree(hashes));
        json.addProperty("seconds", Math.round((System.nanoTime() - began) / 1e8) / 10.0);
        json.addProperty("machine", Torch.describe().toString());
    }

    /** The expressions by their names, the neutral first. */
    Worn expressions(int count) {
        return Worn.of(sentences.encode(Expression.standard().stream()
                .limit(count)
                .map(Expression::name)
                .toList()));
    }

    /** Vectors of sentences. */
    float[][] sentences(List<String> words) {
        return sentences.encode(words);
    }

    /** The vector of one. */
    float[] sentence(String words) {
        return sentences.encode(words);
    }

    /** Who a made-up person is, from their one painted portrait. */
    Identity meet(float[] portrait) {
        Encodings encoded = identities.encode(portrait, 1);
        return Identity.of(
                identities, List.of(new Encoding(encoded.embeddings(), encoded.features(), encoded.colours())));
    }

    /** The portrait, (112, 112, 3) in 0…1. */
    static float[] portrait(Scope scope, Pictures pictures, Subject person) {
        try (Scope s = scope.child()) {
            return pictures.portraits(s, List.of(person)).toFloatArray();
        }
    }

    @Override
    public void close() {
        identities.close();
        sentences.close();
    }
}
