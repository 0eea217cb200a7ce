// SPDX-License-Identifier: EPL-2.0
package org.eidolon.diffusion;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Names that trainers give to the tensors of a LoRA, brought to one form. */
final class LoraNames {
    /** Which of a pair a tensor is. */
    enum Role {
        DOWN,
        UP,
        ALPHA
    }

    /**
     * A tensor's place.
     *
     * @param text whether the module is the text encoder's, under {@code text_model.…}; otherwise the UNet's
     * @param module diffusers' name
     */
    record Key(boolean text, String module, Role role) {}

    /** What PEFT puts before every name in its own files. */
    static final String PEFT = "base_model.model.";

    private static final Pattern TENSOR =
            Pattern.compile("(.+)\\.(lora_A(?:\\.[^.]+)?\\.weight|lora_B(?:\\.[^.]+)?\\.weight"
                    + "|lora_down\\.weight|lora_up\\.weight|lora\\.down\\.weight|lora\\.up\\.weight"
                    + "|lora_linear_layer\\.down\\.weight|lora_linear_layer\\.up\\.weight|alpha)");
    private static final Pattern PROCESSOR =
            Pattern.compile("(.+)\\.processor\\.(to_[qkv]|to_out)_lora\\.(down|up)\\.weight");
    private static final Pattern KOHYA = Pattern.compile("lora_(unet|te|te1)_(.+)");

    /** Words in which kohya's names have an underscore that is no dot. */
    private static final List<String> WORDS = List.of(
            "down_blocks",
            "up_blocks",
            "mid_block",
            "transformer_blocks",
            "time_emb_proj",
            "time_embedding",
            "conv_shortcut",
            "conv_in",
            "conv_out",
            "proj_in",
            "proj_out",
            "to_q",
            "to_k",
            "to_v",
            "to_out",
            "linear_1",
            "linear_2",
            "text_model",
            "self_attn",
            "q_proj",
            "k_proj",
            "v_proj",
            "out_proj");

    private LoraNames() {}

    /** What a tensor's name says, or null where it is no LoRA's. */
    static Key parse(String name) {
        Matcher processor = PROCESSOR.matcher(name);
        if (processor.matches()) {
            String projection = processor.group(2).equals("to_out") ? "to_out.0" : processor.group(2);
            Role role = processor.group(3).equals("down") ? Role.DOWN : Role.UP;
            return key(processor.group(1) + "." + projection, role);
        }
        Matcher tensor = TENSOR.matcher(name);
        if (!tensor.matches()) {
            return null;
        }
        String which = tensor.group(2);
        Role role = which.equals("alpha")
                ? Role.ALPHA
                : which.startsWith("lora_A") || which.contains("down") ? Role.DOWN : Role.UP;
        Matcher kohya = KOHYA.matcher(tensor.group(1));
        if (kohya.matches()) {
            return new Key(!kohya.group(1).equals("unet"), dotted(kohya.group(2)), role);
        }
        return key(tensor.group(1), role);
    }

    private static Key key(String module, Role role) {
        String plain = module.startsWith(PEFT) ? module.substring(PEFT.length()) : module;
        if (plain.startsWith("unet.")) {
            return new Key(false, plain.substring(5), role);
        }
        boolean text = plain.startsWith("text_encoder.") || plain.startsWith("text_model.");
        return text
                ? new Key(true, ClipText.canonical(plain.replaceFirst("^text_encoder\\.", "")), role)
                : new Key(false, plain, role);
    }

    private static String dotted(String name) {
        String protectedName = name;
        for (String word : WORDS) {
            protectedName = protectedName.replaceAll("(?<=^|_)" + word + "(?=_|$)", word.replace('_', '~'));
        }
        return protectedName.replace('_', '.').replace('~', '_');
    }
}
