// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.train;

import java.nio.file.Path;
import org.eidolon.head.prior.Domain;

/**
 * How a prior is trained.
 *
 * @param heads ICT-FaceKit folder or pack
 * @param out folder for checkpoints, weights, sheets and the loss plot
 * @param domain normals or colour
 * @param steps optimiser steps in all, over all resumed runs; 0 to go by minutes alone
 * @param minutes wall-clock minutes of this run, fill and final samples included; 0 for no limit
 * @param batch pictures a step
 * @param subjects people kept at a time
 * @param views pictures kept of each of them
 * @param learningRate peak learning rate
 * @param seed of weights, batches and noise
 * @param device as {@code Torch.device} takes it
 * @param tiny a network of a few thousand weights, for tests
 * @param gateMinutes minutes between small measurements while training goes on; 0 to measure at the end alone
 * @param start weights to begin with, or null for fresh ones; the optimiser warms up anew
 * @param base weights of a base to train a LoRA and adapters on, or null to train the whole network
 * @param rank of that LoRA
 * @param resume go on from the checkpoint in {@code out}
 */
public record TrainOptions(
        Path heads,
        Path out,
        Domain domain,
        long steps,
        double minutes,
        int batch,
        int subjects,
        int views,
        double learningRate,
        long seed,
        String device,
        boolean tiny,
        double gateMinutes,
        Path start,
        Path base,
        int rank,
        boolean resume) {

    public TrainOptions {
        if (steps <= 0 && minutes <= 0) {
            throw new IllegalArgumentException("training would never end: give --steps or --minutes");
        }
        if (base != null && domain == Domain.BASE) {
            throw new IllegalArgumentException("a base is trained whole: leave --base out");
        }
        if (rank < 1) {
            throw new IllegalArgumentException("the LoRA's rank must be positive, not " + rank);
        }
        if (batch < 2 || subjects < 2 || views < 1) {
            throw new IllegalArgumentException("training needs at least 2 pictures a batch, 2 subjects and 1 view");
        }
    }

    /** How the same training is asked for again; files by their names alone, the folders are one machine's. */
    String commandLine() {
        StringBuilder line = new StringBuilder("eidolon train prior --heads " + heads.getFileName());
        line.append(" --domain ").append(domain);
        if (steps > 0) line.append(" --steps ").append(steps);
        if (minutes > 0) line.append(" --minutes ").append(number(minutes));
        line.append(" --batch ").append(batch).append(" --subjects ").append(subjects);
        line.append(" --views ").append(views).append(" --learning-rate ").append(number(learningRate));
        line.append(" --seed ").append(seed);
        if (tiny) line.append(" --tiny");
        if (start != null) line.append(" --start ").append(start.getFileName());
        if (base != null)
            line.append(" --base ")
                    .append(base.getFileName())
                    .append(" --rank ")
                    .append(rank);
        if (resume) line.append(" --resume");
        return line.toString();
    }

    private static String number(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    }
}
