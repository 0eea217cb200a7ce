// SPDX-License-Identifier: EPL-2.0
package org.eidolon.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Test;

/** No arrow between bundles points up, and packages of one bundle form no circle. */
class ArrowsTest {
    private final Repository repository = Repository.find();

    private List<BundleManifest> manifests() throws IOException {
        List<BundleManifest> manifests = new ArrayList<>();
        for (Path bundle : repository.bundles("bundles")) {
            manifests.add(BundleManifest.read(bundle.resolve("META-INF/MANIFEST.MF")));
        }
        return manifests;
    }

    @Test
    void everyArrowIsInTheTable() throws IOException {
        List<BundleManifest> manifests = manifests();
        assertThat(manifests).hasSizeGreaterThan(10);
        assertThat(Arrows.read().violations(manifests)).isEmpty();
    }

    @Test
    void theTableItselfHasNoCircleAndKeepsItsFloors() throws IOException {
        Arrows table = Arrows.read();
        for (String bundle : table.allowed().keySet()) {
            assertThat(table.reach(bundle)).as("what %s reaches", bundle).doesNotContain(bundle);
            assertThat(table.allowed().keySet()).as("arrows of %s", bundle).containsAll(table.reach(bundle));
        }
        assertThat(table.reach("nodes")).doesNotContain("graph", "engine", "cli");
        // their code is no ingredient of content keys
        assertThat(table.reach("nodes")).doesNotContain("head.train", "head.bench", "models.commands");
        assertThat(table.reach("head")).doesNotContain("graph", "engine", "api", "cli", "nodes");
        assertThat(table.reach("engine")).containsExactlyInAnyOrder("api", "graph");
        assertThat(table.reach("cli")).doesNotContain("head", "nodes", "torch", "studio");
    }

    @Test
    void bundlesAreNamedAsTheirFolders() throws IOException {
        for (String folder : List.of("bundles", "tests")) {
            for (Path bundle : repository.bundles(folder)) {
                assertThat(BundleManifest.read(bundle.resolve("META-INF/MANIFEST.MF"))
                                .name())
                        .isEqualTo(bundle.getFileName().toString());
            }
        }
    }

    @Test
    void anArrowThatPointsUpIsCaught() throws IOException {
        BundleManifest engine = manifest("org.eidolon.engine", "Export-Package: org.eidolon.engine;version=\"1,2\"");
        assertThat(violations(engine, manifest("org.eidolon.mesh", "Require-Bundle: org.eidolon.engine")))
                .singleElement()
                .asString()
                .contains("org.eidolon.mesh requires org.eidolon.engine");
        assertThat(violations(engine, manifest("org.eidolon.head", "Import-Package: javax.imageio,org.eidolon.engine")))
                .singleElement()
                .asString()
                .contains("org.eidolon.head imports org.eidolon.engine of org.eidolon.engine");
        assertThat(violations(manifest("org.eidolon.nodes", "Import-Package: org.eclipse.swt.widgets")))
                .singleElement()
                .asString()
                .contains("org.eidolon.nodes imports org.eclipse.swt.widgets");
        assertThat(violations(manifest("org.eidolon.graph", "Require-Bundle: org.eclipse.ui;bundle-version=\"[3,4)\"")))
                .hasSize(1);
        assertThat(violations(manifest("org.eidolon.upstart", "Import-Package: java.util")))
                .singleElement()
                .asString()
                .contains("is not in arrows.txt");
        assertThat(violations(manifest("org.eidolon.cli", "Import-Package: org.eidolon.nowhere")))
                .singleElement()
                .asString()
                .contains("which no bundle exports");
    }

    @Test
    void anAllowedArrowPasses() throws IOException {
        BundleManifest torch = manifest("org.eidolon.torch", "Export-Package: org.eidolon.torch");
        assertThat(violations(torch, manifest("org.eidolon.render", "Import-Package: org.eidolon.torch")))
                .isEmpty();
    }

    @Test
    void packagesOfABundleFormNoCircle() throws IOException {
        for (Path bundle : repository.bundles("bundles")) {
            String name = bundle.getFileName().toString();
            assertThat(Packages.read(bundle).circles())
                    .as("packages of %s that use each other in a circle", name)
                    .isEmpty();
        }
    }

    @Test
    void aCircleOfPackagesIsCaught() {
        String a = "package org.a;\nimport org.b.internal.B;\n", b = "package org.b;\nimport static org.c.C.x;\n";
        String hidden = "package org.b.internal;\nclass B { org.b.Open o; }";
        String c = "package org.c;\nclass C { Object o = org.a.A.y; }";
        assertThat(Packages.of(List.of(a, b, c, hidden)).circles()).containsExactly("org.a", "org.b", "org.c");
        assertThat(Packages.of(List.of(a, b, hidden)).circles()).isEmpty();
        String told = "package org.c;\n/* org.a.A */ // org.a.A\nclass C { String s = \"org.a.A\"; }";
        assertThat(Packages.of(List.of(a, b, told, hidden)).circles()).isEmpty();
    }

    @Test
    void headersWithQuotedCommasAreSplitRightly() {
        assertThat(BundleManifest.names("a;version=\"[1,2)\",b;x:=\"p,q\";y=1, c"))
                .containsExactly("a", "b", "c");
        assertThat(BundleManifest.names(null)).isEmpty();
        assertThatThrownBy(() -> Arrows.parse(List.of("no colon"))).hasMessageContaining("no colon");
    }

    private static List<String> violations(BundleManifest... bundles) throws IOException {
        return Arrows.read().violations(List.of(bundles));
    }

    private static BundleManifest manifest(String name, String header) throws IOException {
        String text = "Manifest-Version: 1.0\nBundle-SymbolicName: " + name + ";singleton:=true\n" + header + "\n";
        return BundleManifest.of(
                new Manifest(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8))).getMainAttributes());
    }
}
