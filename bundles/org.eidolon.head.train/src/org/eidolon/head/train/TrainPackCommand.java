// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.train;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.eidolon.api.Json;
import org.eidolon.head.model.HeadModel;
import org.eidolon.head.model.HeadPack;
import org.eidolon.head.model.IctMorphable;
import org.eidolon.head.model.MorphableHead;
import org.eidolon.head.model.MorphablePack;
import org.eidolon.models.Sha256;
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

    @Option(
            names = "--whole",
            description = "packs all parts, polygons and texture coordinates: the head model that fits and topologies"
                    + " stand on; --heads must be the folder")
    private boolean whole;

    @Override
    public Integer call() throws IOException {
        Path parent = out.toAbsolutePath().getParent();
        Files.createDirectories(parent);
        var json = new LinkedHashMap<String, Object>();
        if (whole) {
            MorphableHead head = IctMorphable.read(heads);
            MorphablePack.write(head, out);
            tell(
                    json,
                    head.vertexCount(),
                    head.identities().size(),
                    head.shapes().size());
        } else {
            HeadModel model = HeadPack.open(heads);
            HeadPack.write(model, out);
            tell(
                    json,
                    model.vertexCount(),
                    model.identities().size(),
                    model.shapes().size());
        }
        System.out.println(Json.write(json));
        return 0;
    }

    private void tell(Map<String, Object> json, int vertices, int identities, int shapes) throws IOException {
        json.put("pack", out.toString());
        json.put("bytes", Files.size(out));
        json.put("sha256", Sha256.of(out));
        json.put("vertices", vertices);
        json.put("identities", identities);
        json.put("shapes", shapes);
    }
}
