// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.train;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.eidolon.head.prior.Domain;
import org.eidolon.models.Models;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** `eidolon train prior`: trains a starter prior on renders of a head model. */
@Command(
        name = "prior",
        mixinStandardHelpOptions = true,
        description = "Trains a prior on renders of made-up people; resumes, measures itself on held-out ones.")
public final class TrainPrior implements Callable<Integer> {
    @Option(names = "--heads", required = true, paramLabel = "FOLDER|PACK", description = "ICT-FaceKit folder or pack")
    Path heads;

    @Option(names = "--out", defaultValue = "out/prior", description = "folder for weights, checkpoint and pictures")
    Path out;

    @Option(names = "--domain", defaultValue = "NORMALS", description = "${COMPLETION-CANDIDATES}")
    Domain domain;

    @Option(names = "--steps", defaultValue = "0", description = "optimiser steps in all; 0: by minutes alone")
    long steps;

    @Option(names = "--minutes", defaultValue = "0", description = "minutes of this run; 0: by steps alone")
    double minutes;

    @Option(names = "--batch", defaultValue = "256", description = "pictures a step")
    int batch;

    @Option(names = "--subjects", defaultValue = "49152", description = "people kept at a time")
    int subjects;

    @Option(names = "--views", defaultValue = "8", description = "pictures kept of each of them")
    int views;

    @Option(names = "--learning-rate", defaultValue = "4e-4", description = "peak learning rate")
    double learningRate;

    @Option(names = "--seed", defaultValue = "1", description = "of weights, people and noise")
    long seed;

    @Option(names = "--device", defaultValue = "auto", description = "auto, cpu or cuda:N")
    String device;

    @Option(names = "--tiny", description = "a network of a few thousand weights, to try things out")
    boolean tiny;

    @Option(
            names = "--gate-minutes",
            defaultValue = "4",
            description = "minutes between small measurements on held-out people; 0: at the end alone")
    double gateMinutes;

    @Option(names = "--start", paramLabel = "FILE", description = "weights to begin with instead of fresh ones")
    Path start;

    @Option(
            names = "--base",
            paramLabel = "FILE",
            description = "train a LoRA and adapters on this base (made with --domain BASE), not the whole network")
    Path base;

    @Option(names = "--rank", defaultValue = "32", description = "rank of that LoRA")
    int rank;

    @Option(names = "--resume", description = "go on from the checkpoint in --out")
    boolean resume;

    @Override
    public Integer call() throws IOException {
        TrainOptions options = new TrainOptions(
                heads,
                out,
                domain,
                steps,
                minutes,
                batch,
                subjects,
                views,
                learningRate,
                seed,
                device,
                tiny,
                gateMinutes,
                start,
                base,
                rank,
                resume);
        return Training.command(new PriorTrainer(options, Models.standard(), System.err::println));
    }

    /** Trains on a plain class path, where there is no OSGi: on a machine that has a GPU and nothing else. */
    public static void main(String[] args) {
        System.exit(new picocli.CommandLine(new TrainPrior()).execute(args));
    }
}
