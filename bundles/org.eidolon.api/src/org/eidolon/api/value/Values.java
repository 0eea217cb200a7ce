// SPDX-License-Identifier: EPL-2.0
package org.eidolon.api.value;

import java.nio.file.Files;
import java.util.List;
import org.eidolon.api.Json;
import org.eidolon.api.ValueType;

/** The general value types. */
public final class Values {
    public static final ValueType<Image> IMAGE =
            ValueType.of("image", "#c9a227", Image.class, Image::write, Image::read);
    public static final ValueType<Scalar> NUMBER = ValueType.ofRecord("number", "#8f9aa5", Scalar.class);
    public static final ValueType<Text> TEXT = ValueType.ofRecord("text", "#5aa36b", Text.class);
    public static final ValueType<Choice> CHOICE = ValueType.ofRecord("choice", "#6b8fb5", Choice.class);
    public static final ValueType<Seed> SEED = ValueType.ofRecord("seed", "#a5725a", Seed.class);
    public static final ValueType<FilePath> PATH = ValueType.ofRecord("path", "#7d7d7d", FilePath.class);
    public static final ValueType<Report> REPORT = ValueType.of(
            "report",
            "#b56b9f",
            Report.class,
            (report, folder) -> Files.writeString(folder.resolve("report.json"), report.toJson()),
            folder -> new Report(Json.parseObject(Files.readString(folder.resolve("report.json")))));
    public static final ValueType<Artifacts> ARTIFACTS =
            ValueType.of("artifacts", "#d0d0d0", Artifacts.class, Artifacts::copyTo, Artifacts::of);

    public static final List<ValueType<?>> GENERAL =
            List.of(IMAGE, NUMBER, TEXT, CHOICE, SEED, PATH, REPORT, ARTIFACTS);

    private Values() {}
}
