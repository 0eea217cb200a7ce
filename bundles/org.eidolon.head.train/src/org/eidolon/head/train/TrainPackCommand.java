// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.train;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.concurrent.Callable;
import org.eidolon.api.Json;
import org.eidolon.head.model.HeadModel;
import org.eidolon.head.model.HeadPack;
import org.eidolon.models.Hashes;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code eidolon train pack}. */
@Component(service = Callable.class, property = "eidolon.subcommand=train pack", scope = ServiceScope.PROTOTYPE)
@Command(
        name = "pack",
        description = "Packs a head model into one small file that training and benchmarks read.",
        sortOptions = false)
public final class TrainPackCommand implements Callable<Integer> {
    @Option(
            names = "--heads",
            required = true,
            paramLabel = "FOLDER",
            description = "the FaceXModel folder of an ICT-FaceKit checkout")
    private Path heads;

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "the pack, such as heads.ehd")
    private Path out;

    @Override
    public Integer call() throws IOException {
        Path parent = out.toAbsolutePath().getParent();
        Files.createDirectories(parent);
        HeadModel model = HeadPack.open(heads);
        HeadPack.write(model, out);
        var json = new LinkedHashMap<String, Object>();
        json.put("pack", out.toString());
        json.put("bytes", Files.size(out));
        json.put("sha256", Hashes.sha256(out));
        json.put("vertices", model.vertexCount());
        json.put("identities", model.identities().size());
        json.put("shapes", model.shapes().size());
        System.out.println(Json.write(json));
        return 0;
    }
}
