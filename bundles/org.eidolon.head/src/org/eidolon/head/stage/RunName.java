// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.stage;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.eidolon.encoders.Identity;

/** Names a stage's run by all that its result depends on: a checkpoint under another name is not taken up. */
public final class RunName {
    private final MessageDigest digest;

    /** @param text such as settings and the prior's card */
    public RunName(String text) {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
        digest.update(text.getBytes(StandardCharsets.UTF_8));
    }

    public RunName add(float[] values) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * values.length);
        bytes.asFloatBuffer().put(values);
        digest.update(bytes);
        return this;
    }

    public RunName add(Identity identity) {
        return add(identity.embedding()).add(identity.features()).add(identity.colours());
    }

    public RunName add(Worn worn) {
        worn.numbers().forEach(this::add);
        return this;
    }

    /** The sha256 of all that was added, in its order, in hex; once. */
    public String hex() {
        return HexFormat.of().formatHex(digest.digest());
    }
}
