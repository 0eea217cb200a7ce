// SPDX-License-Identifier: EPL-2.0
package org.eidolon.nodes.internal;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import org.eidolon.api.In;
import org.eidolon.api.Param;

/** Inputs and parameters that several nodes declare alike. */
public final class Shared {
    private Shared() {}

    /** Aligned faces of one person. */
    @In(doc = "aligned faces, or photos, of one person")
    @Retention(RetentionPolicy.RUNTIME)
    public @interface Faces {}

    /** Who the head shall be, for a prior of published weights. */
    @In(optional = true, doc = "who it is, by the encoder of the prior's IP-Adapter-FaceID")
    @Retention(RetentionPolicy.RUNTIME)
    public @interface FaceIdPerson {}

    /** How alike photos of one person must be. */
    @Param(
            min = -1,
            max = 1,
            step = 0.05,
            doc = "least cosine between each photo and the mean of all; below it they show different people")
    @Retention(RetentionPolicy.RUNTIME)
    public @interface MinAgreement {}

    /** Steps of a stage. */
    @Param(min = 1, max = 100_000, unit = "steps", auto = "by the quality", doc = "optimiser steps")
    @Retention(RetentionPolicy.RUNTIME)
    public @interface Steps {}

    /** Cells of a geometry stage. */
    @Param(min = 8, max = 128, unit = "cells", auto = "by the quality", doc = "lattice cells along each axis")
    @Retention(RetentionPolicy.RUNTIME)
    public @interface Resolution {}

    /** Guidance under a prior of our own. */
    @Param(min = 0.01, max = 100, step = 0.5, auto = "by the quality", doc = "classifier-free guidance")
    @Retention(RetentionPolicy.RUNTIME)
    public @interface Guidance {}

    /** Guidance under published weights. */
    @Param(
            min = 0.01,
            max = 100,
            step = 0.5,
            auto = "by the prior, 50 for words and 7.5 with a person",
            doc = "classifier-free guidance")
    @Retention(RetentionPolicy.RUNTIME)
    public @interface PriorGuidance {}

    /** Views of a step. */
    @Param(min = 1, max = 16, unit = "views", auto = "by the quality", doc = "views of each expression in a step")
    @Retention(RetentionPolicy.RUNTIME)
    public @interface Views {}

    /** Side of the pictures under published weights. */
    @Param(min = 8, max = 2048, unit = "pixels", doc = "width and height of the pictures that the prior sees")
    @Retention(RetentionPolicy.RUNTIME)
    public @interface Picture {}

    /** Side of the textures. */
    @Param(min = 64, max = 4096, unit = "pixels", auto = "by the quality", doc = "width and height of the textures")
    @Retention(RetentionPolicy.RUNTIME)
    public @interface TextureSize {}

    /** What published weights compute in. */
    @Param(doc = "what the networks compute in")
    @Retention(RetentionPolicy.RUNTIME)
    public @interface Precision {}

    /** Side of a picture on a sheet. */
    @Param(min = 64, max = 1024, unit = "pixels", doc = "width and height of each picture")
    @Retention(RetentionPolicy.RUNTIME)
    public @interface Tile {}
}
