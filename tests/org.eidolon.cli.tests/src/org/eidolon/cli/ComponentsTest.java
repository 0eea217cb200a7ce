// SPDX-License-Identifier: EPL-2.0
package org.eidolon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.eidolon.cli.DoctorCheck.Finding;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Command;

/** Subcommands and checks on a plain class path, declared as for OSGi. */
class ComponentsTest extends CommandFixture {
    /** A command as a bundle offers it. */
    @Command(name = "count", description = "Counts to seven.")
    public static final class Count implements Callable<Integer> {
        @Override
        public Integer call() {
            return 7;
        }
    }

    /** A check as a bundle offers it. */
    public static final class Weather implements Callable<Map<String, String>> {
        @Override
        public Map<String, String> call() {
            return Map.of("status", "warning", "message", "rain", "advice", "Wait");
        }
    }

    @Test
    void areFoundByTheirDescriptions() throws Exception {
        Path bundle = Files.createDirectories(folder.resolve("bundle"));
        Files.createDirectories(bundle.resolve("META-INF"));
        Files.createDirectories(bundle.resolve("OSGI-INF"));
        Files.writeString(
                bundle.resolve("META-INF/MANIFEST.MF"),
                "Manifest-Version: 1.0\nService-Component: OSGI-INF/a.xml, OSGI-INF/b.xml,OSGI-INF/c.xml\n");
        describe(bundle.resolve("OSGI-INF/a.xml"), "eidolon.subcommand", "bench count", Count.class, "");
        describe(bundle.resolve("OSGI-INF/b.xml"), "eidolon.doctor", "weather", Weather.class, "");
        describe(bundle.resolve("OSGI-INF/c.xml"), "eidolon.subcommand", "needy", Count.class, "<reference name='x'/>");
        try (var loader = new URLClassLoader(
                new URL[] {bundle.toUri().toURL()}, getClass().getClassLoader())) {
            Services services = Services.onClassPath(loader);
            assertThat(services.subcommands()).containsKey("bench count").doesNotContainKey("needy");
            assertThat(eidolon(services, "bench", "count")).as(err).isEqualTo(7);
            assertThat(services.checks().get())
                    .filteredOn(check -> check.name().equals("weather"))
                    .singleElement()
                    .satisfies(check -> assertThat(check.check(null))
                            .isEqualTo(new Finding(DoctorCheck.Status.WARNING, "rain", "Wait")));
        }
    }

    private static void describe(Path file, String property, String value, Class<?> type, String more)
            throws Exception {
        Files.writeString(file, """
                        <?xml version="1.0" encoding="UTF-8"?>
                        <scr:component xmlns:scr="http://www.osgi.org/xmlns/scr/v1.3.0" name="c">
                          <property name="%s" type="String" value="%s"/>%s
                          <service><provide interface="java.util.concurrent.Callable"/></service>
                          <implementation class="%s"/>
                        </scr:component>
                        """.formatted(property, value, more, type.getName()));
    }
}
