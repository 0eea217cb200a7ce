// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.geometry;

import java.util.List;
import java.util.Map;
import org.eidolon.mesh.Mesh;

/**
 * A head in all its expressions.
 *
 * @param meshes one per expression, in head space: the largest component, closed, facing outward, no normals, no uvs
 * @param millisPerStep where the time of a step went, by part
 * @param steps optimiser steps in all, those before a resume counted in
 */
public record GeometryResult(List<Mesh> meshes, Map<String, Double> millisPerStep, long steps) {}
