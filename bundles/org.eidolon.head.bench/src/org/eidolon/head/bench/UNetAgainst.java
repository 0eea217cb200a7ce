// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.bench;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleSupplier;
import org.eidolon.diffusion.UNet;

/** Passes and LoRA steps in turns with those of diffusers and peft. */
record UNetAgainst(
        PyTorchProcess other,
        UNetBench bench,
        UNet unet,
        UNet trained,
        List<Integer> batches,
        List<Integer> compiled,
        int repetitions,
        int count,
        JsonObject json) {

    void run() throws IOException {
        JsonObject about = other.about();
        about.remove("ready");
        json.add("against", about);
        BenchUNet.say("beside PyTorch " + about.get("torch").getAsString() + ", diffusers "
                + about.get("diffusers").getAsString() + ", peft "
                + about.get("peft").getAsString() + "; ratios below 1: Eidolon is the faster");
        for (int batch : batches) {
            for (String way : List.of("eager", "last")) {
                compare("pass", way, batch, () -> bench.forward(unet, batch));
            }
        }
        for (int batch : batches) {
            compare(
                    "lora",
                    "plain",
                    batch,
                    () -> bench.lora(trained, batch, false, 0).millis());
        }
        for (int batch : batches) {
            compare(
                    "lora",
                    "checkpointed",
                    batch,
                    () -> bench.lora(trained, batch, true, 0).millis());
        }
        int largest = batches.stream().max(Integer::compare).orElseThrow();
        JsonObject kernels = other.ask("profile " + largest);
        json.add("theirProfile", kernels);
        BenchUNet.say("what takes diffusers' time, batch " + largest + ", ms: " + kernels);
        for (int batch : compiled) {
            if (batch > 0) compare("pass", "compiled", batch, () -> bench.forward(unet, batch));
        }
    }

    private void compare(String what, String way, int batch, DoubleSupplier ours) throws IOException {
        String ask = (what.equals("pass") ? "forward " : "lora ") + way + " " + batch + " " + count;
        double[] own = new double[repetitions], their = new double[repetitions];
        JsonObject last = null;
        for (int r = 0; r < repetitions; r++) {
            own[r] = ours.getAsDouble();
            last = other.ask(ask);
            if (last.has("failed")) {
                BenchUNet.say("batch %d, %s %s: failed there: %s"
                        .formatted(batch, what, way, last.get("failed").getAsString()));
                json.add(what + " " + way + " " + batch, last);
                return;
            }
            their[r] = last.get("millis").getAsDouble();
        }
        double a = StepTimes.median(own), b = StepTimes.median(their);
        JsonObject row = new JsonObject();
        row.addProperty("ourMillis", BenchUNet.rounded(a));
        row.addProperty("theirMillis", BenchUNet.rounded(b));
        row.addProperty("ratio", BenchUNet.rounded(a / b));
        String peak = "";
        if (last.has("peakMiB")) {
            row.addProperty("theirPeakMiB", Math.round(last.get("peakMiB").getAsDouble()));
            row.addProperty("theirParameters", last.get("parameters").getAsLong());
            peak = String.format(
                    Locale.ROOT, " (there %.0f MiB)", last.get("peakMiB").getAsDouble());
        }
        json.add(what + " " + way + " " + batch, row);
        BenchUNet.say(String.format(
                Locale.ROOT,
                "batch %d, %-4s against %-12s %9.2f ms, there %9.2f ms, ratio %.2f%s",
                batch,
                what,
                way,
                a,
                b,
                a / b,
                peak));
    }
}
