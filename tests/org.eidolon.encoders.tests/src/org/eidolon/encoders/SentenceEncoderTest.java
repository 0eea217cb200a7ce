// SPDX-License-Identifier: EPL-2.0
package org.eidolon.encoders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.eidolon.models.Models;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SentenceEncoderTest {
    private static SentenceEncoder encoder;

    @BeforeAll
    static void open() {
        encoder = SentenceEncoder.open(Models.standard());
    }

    @AfterAll
    static void close() {
        encoder.close();
    }

    @Test
    void agreesWithThePythonTools() throws IOException {
        List<String> lines;
        try (var in = getClass().getResourceAsStream("sentences.txt")) {
            lines = new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        }
        assertThat(lines).hasSize(18);
        for (int k = 0; k < lines.size(); k += 3) {
            String sentence = lines.get(k).replace("\\t", "\t");
            long[] tokens = Arrays.stream(lines.get(k + 1).split(" "))
                    .mapToLong(Long::parseLong)
                    .toArray();
            double[] expected = Arrays.stream(lines.get(k + 2).split(" "))
                    .mapToDouble(Double::parseDouble)
                    .toArray();
            assertThat(encoder.tokens(sentence)).as(sentence).containsExactly(tokens);
            float[] vector = encoder.encode(sentence);
            assertThat(vector).hasSize(384);
            double cosine = 0;
            for (int i = 0; i < 384; i++) {
                cosine += vector[i] * expected[i];
            }
            // Processors without 8-bit dot products saturate elsewhere in the quantised network.
            assertThat(cosine).as(sentence).isGreaterThan(0.98);
        }
    }

    @Test
    void likeWordsAreNearAndTheSameWordsTheSame() {
        float[][] v = encoder.encode(List.of("a wide grin", "a broad smile", "eyes closed", "a wide grin"));
        assertThat(v[3]).containsExactly(v[0]);
        assertThat(Identity.cosine(v[0], v[1])).isGreaterThan(Identity.cosine(v[0], v[2]) + 0.2);
    }

    @Test
    void longSentencesAreCutAndEmptyOnesRefused() {
        assertThat(encoder.tokens("smile ".repeat(500))).hasSize(128);
        assertThat(encoder.encode("smile ".repeat(500))).hasSize(384);
        assertThatThrownBy(() -> encoder.encode(" ")).hasMessageContaining("empty sentence");
        assertThatThrownBy(() -> encoder.encode("x".repeat(20_000))).hasMessageContaining("too long");
    }

    @Test
    void whatIsNotReadIsTold() {
        assertThat(encoder.unread("a wide grin")).isEqualTo(new SentenceEncoder.Unread(List.of(), ""));
        assertThat(encoder.unread("smile 😀 and 🎉 grin").signs()).containsExactly("😀", "🎉");
        String tail = "and the end of it";
        var unread = encoder.unread("😀 " + "word ".repeat(130) + tail);
        assertThat(unread.signs()).containsExactly("😀");
        assertThat(unread.rest()).startsWith("word").endsWith(tail);
    }
}
