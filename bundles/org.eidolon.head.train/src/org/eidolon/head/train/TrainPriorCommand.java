// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.train;

import java.util.concurrent.Callable;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code eidolon train prior}. */
@Component(service = Callable.class, property = "eidolon.subcommand=train prior", scope = ServiceScope.PROTOTYPE)
@Command(
        name = "prior",
        description = "Trains a prior on renders of made-up people; resumes, measures itself on held-out ones.",
        sortOptions = false)
public final class TrainPriorCommand implements Callable<Integer> {
    @Mixin
    private TrainPrior training = new TrainPrior();

    @Override
    public Integer call() throws Exception {
        return training.call();
    }
}
