// SPDX-License-Identifier: EPL-2.0
package org.eidolon.models.commands;

import java.util.concurrent.Callable;
import org.eidolon.models.ModelException;
import org.eidolon.models.ModelShelf;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code eidolon models remove}. */
@Component(service = Callable.class, property = "eidolon.subcommand=models remove", scope = ServiceScope.PROTOTYPE)
@Command(
        name = "remove",
        description =
                "Takes weights that were added off the list, and deletes copies; files that are only linked stay.",
        sortOptions = false)
public final class ModelsRemoveCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "NAME", description = "as it was given to 'models add'")
    private String name;

    /** Where models were added; a test has its own. */
    ModelShelf shelf = ModelShelf.ofUser();

    @Override
    public Integer call() {
        try {
            shelf.remove(name);
            return 0;
        } catch (ModelException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage());
        }
    }
}
