// SPDX-License-Identifier: EPL-2.0
package org.eidolon.render;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.BiFunction;
import org.eidolon.torch.Scope;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GradientTest {
    private final Scope scope = Scope.open(Device.cpu());

    @AfterEach
    void close() {
        scope.close();
    }

    private Views views(Shapes shape, int count) {
        return Views.repeated(Meshes.shared(scope.of(shape.faces(), shape.triangles(), 3), 1, shape.vertices()), count);
    }

    private static Rasteriser rasteriser(int size) {
        return new Rasteriser(new JavaVisibility(), size, size, true);
    }

    /** So near that the ellipsoid fills the picture: no outline. */
    private static final Cameras INSIDE =
            Cameras.of(new Camera(0.3, 0.2, 2.2, 0.5, 0, 0, 0, 0.2), new Camera(-0.8, 0.1, 2.4, 0.45, 0.05, 0, 0, 0));

    private static final Cameras OUTSIDE = Cameras.of(Camera.orbit(0.3, 0.2, 4, 0.6), Camera.orbit(-1, 0.1, 4, 0.6));

    @Test
    void interpolatedPositions() {
        Shapes shape = Shapes.ellipsoid(20, 0.8, 1, 0.7);
        Views views = views(shape, 2);
        Slopes.check(
                scope,
                (s, v) -> {
                    Fragments f = rasteriser(48).rasterise(s, views, v, INSIDE);
                    return f.image(s, f.interpolate(s, v), 0);
                },
                Slopes.waves(2, 48, 3),
                shape.positions(),
                Slopes.warp(shape.positions()),
                2e-3,
                4,
                0.005,
                shape.vertices(),
                3);
    }

    @Test
    void normalsAndLightInTheInterior() {
        Shapes shape = Shapes.ellipsoid(20, 0.8, 1, 0.7);
        Views views = views(shape, 2);
        Lights lights = Lights.random(new Random(4), 2);
        BiFunction<Scope, NDArray, NDArray> render = (s, v) -> {
            Fragments f = rasteriser(48).rasterise(s, views, v, INSIDE);
            NDArray n = Shading.cameraNormals(s, f, Shading.normals(s, views.meshes(), v), INSIDE);
            NDArray grey = f.interpolate(s, s.full(0.7f, shape.vertices(), 3));
            NDArray lit = Shading.lit(s, f, grey, n, lights.tensor(s));
            return f.image(s, Shading.normalColours(s, n).concat(lit, 1), 0);
        };
        Slopes.check(
                scope,
                render,
                Slopes.waves(2, 48, 6),
                shape.positions(),
                Slopes.warp(shape.positions()),
                2e-3,
                8,
                0.01,
                shape.vertices(),
                3);
    }

    @Test
    void outlinesOfAMask() {
        Shapes shape = Shapes.ellipsoid(40, 0.8, 1, 0.7);
        Views views = views(shape, 2);
        BiFunction<Scope, NDArray, NDArray> render = (s, v) -> {
            Fragments f = rasteriser(96).rasterise(s, views, v, OUTSIDE);
            return f.antialias(s, f.mask(s));
        };
        float[] shift = new float[shape.positions().length];
        for (int i = 0; i < shift.length; i += 3) {
            shift[i] = 1;
            shift[i + 1] = 0.5f;
        }
        for (float[] d : List.of(shape.positions(), shift, Slopes.warp(shape.positions()))) {
            Slopes.check(
                    scope, render, Slopes.waves(2, 96, 1), shape.positions(), d, 1.5e-2, 24, 0.01, shape.vertices(), 3);
        }
    }

    @Test
    void outlinesOfARoughSurface() {
        // triangles smaller than a pixel and a roughness of a tenth of one: hundreds of folds along the outline, of
        // which only the outermost may count (counting all gave eight times the gradient)
        Shapes shape = Shapes.ellipsoid(80, 0.8, 1, 0.7);
        Random random = new Random(3);
        float[] p = shape.positions().clone();
        for (int i = 0; i < p.length; i += 3) {
            float by = (float) (1 + 0.003 * random.nextGaussian());
            for (int k = 0; k < 3; k++) {
                p[i + k] *= by;
            }
        }
        Views views = views(shape, 2);
        Slopes.check(
                scope,
                (s, v) -> {
                    Fragments f = rasteriser(64).rasterise(s, views, v, OUTSIDE);
                    return f.antialias(s, f.mask(s));
                },
                Slopes.waves(2, 64, 1),
                p,
                p,
                1.5e-2,
                24,
                0.03,
                shape.vertices(),
                3);
    }

    @Test
    void outlinesBeforeAnotherSurface() {
        // a small bright ball before a large dark one: the outline lies inside the picture of the other
        Shapes ball = Shapes.ellipsoid(24, 0.35, 0.35, 0.35);
        Shapes wall = Shapes.ellipsoid(24, 1.6, 1.6, 0.3);
        float[] p = Arrays.copyOf(ball.positions(), ball.positions().length + wall.positions().length);
        for (int i = 0; i < ball.vertices(); i++) {
            p[3 * i + 2] += 1;
        }
        System.arraycopy(wall.positions(), 0, p, ball.positions().length, wall.positions().length);
        long[] faces = Arrays.copyOf(ball.faces(), ball.faces().length + wall.faces().length);
        for (int i = 0; i < wall.faces().length; i++) {
            faces[ball.faces().length + i] = wall.faces()[i] + ball.vertices();
        }
        Shapes scene = new Shapes(p, faces);
        float[] colours = new float[scene.vertices()];
        Arrays.fill(colours, 0, ball.vertices(), 0.9f);
        Arrays.fill(colours, ball.vertices(), colours.length, 0.2f);
        float[] d = new float[p.length];
        for (int i = 0; i < ball.vertices(); i++) {
            d[3 * i] = 1 + p[3 * i];
            d[3 * i + 1] = -0.4f;
        }
        Views views = views(scene, 1);
        Cameras cameras = Cameras.of(Camera.orbit(0.1, 0, 4, 0.5));
        Slopes.check(
                scope,
                (s, v) -> {
                    Fragments f = rasteriser(96).rasterise(s, views, v, cameras);
                    return f.antialias(s, f.image(s, f.interpolate(s, s.of(colours, colours.length, 1)), 0));
                },
                Slopes.waves(1, 96, 1),
                p,
                d,
                1.5e-2,
                24,
                0.01,
                scene.vertices(),
                3);
    }

    @Test
    void outlinesOfAnOpenMeshSeenFromBothSides() {
        float[] p = {-0.6f, -0.5f, 0.1f, 0.7f, -0.4f, 0, 0.5f, 0.6f, -0.2f, -0.5f, 0.4f, 0.1f};
        Shapes quad = new Shapes(p, new long[] {0, 1, 2, 0, 2, 3});
        Cameras cameras = Cameras.of(Camera.orbit(0.2, 0.1, 3, 0.7), Camera.orbit(3, 0.1, 3, 0.7));
        Views views = views(quad, 2);
        // where two long edges meet in a sharp corner, the pixel there is only approximate: 3%
        Slopes.check(
                scope,
                (s, v) -> {
                    Fragments f = new Rasteriser(new TorchVisibility(), 96, 96, false).rasterise(s, views, v, cameras);
                    return f.antialias(s, f.mask(s));
                },
                Slopes.waves(2, 96, 1),
                p,
                Slopes.warp(p),
                1.5e-2,
                24,
                0.03,
                4,
                3);
    }

    @Test
    void texturesThroughCornerCoordinates() {
        Shapes shape = Shapes.ellipsoid(20, 0.8, 1, 0.7);
        Views views = views(shape, 2);
        float[] uv = new float[6 * shape.triangles()];
        for (int c = 0; c < 3 * shape.triangles(); c++) {
            int v = 3 * (int) shape.faces()[c];
            uv[2 * c] = 0.5f + 0.6f * shape.positions()[v];
            uv[2 * c + 1] = 0.5f - 0.5f * shape.positions()[v + 1];
        }
        Random random = new Random(2);
        float[] texture = new float[16 * 16 * 3];
        float[] d = new float[texture.length];
        for (int i = 0; i < texture.length; i++) {
            texture[i] = random.nextFloat();
            d[i] = random.nextFloat();
        }
        BiFunction<Scope, NDArray, NDArray> byTexture = (s, t) -> {
            Fragments f = rasteriser(48).rasterise(s, views, s.of(shape.positions(), shape.vertices(), 3), INSIDE);
            NDArray at = f.interpolateCorners(s, s.of(uv, shape.triangles(), 3, 2));
            return f.image(s, Shading.sample(s, t, at), 0);
        };
        Slopes.check(scope, byTexture, Slopes.waves(2, 48, 3), texture, d, 0.1, 1, 1e-4, 16, 16, 3);
        // the same picture by positions: the texture slides over the surface's pixels
        float[] smooth = new float[texture.length];
        for (int i = 0; i < smooth.length; i++) {
            smooth[i] = (float) Math.sin(0.3 * (i / 3 % 16) + 0.2 * (i / 48) + i % 3);
        }
        BiFunction<Scope, NDArray, NDArray> byPosition = (s, v) -> {
            Fragments f = rasteriser(48).rasterise(s, views, v, INSIDE);
            NDArray at = f.interpolateCorners(s, s.of(uv, shape.triangles(), 3, 2));
            return f.image(s, Shading.sample(s, s.of(smooth, 16, 16, 3), at), 0);
        };
        Slopes.check(
                scope,
                byPosition,
                Slopes.waves(2, 48, 3),
                shape.positions(),
                Slopes.warp(shape.positions()),
                2e-3,
                8,
                0.01,
                shape.vertices(),
                3);
    }

    @Test
    void albedoUnderLight() {
        Shapes shape = Shapes.ellipsoid(20, 0.8, 1, 0.7);
        Views views = views(shape, 2);
        Lights lights = new Lights(List.of(Light.simple(0.3, 0.5, 0.4, 0.3), Light.FLAT));
        float[] colours = new float[3 * shape.vertices()];
        float[] d = new float[colours.length];
        for (int i = 0; i < colours.length; i++) {
            colours[i] = 0.5f + 0.3f * (float) Math.sin(i);
            d[i] = (float) Math.cos(0.1 * i);
        }
        Slopes.check(
                scope,
                (s, c) -> {
                    NDArray v = s.of(shape.positions(), shape.vertices(), 3);
                    Fragments f = rasteriser(48).rasterise(s, views, v, INSIDE);
                    NDArray n = Shading.cameraNormals(s, f, Shading.normals(s, views.meshes(), v), INSIDE);
                    return f.image(s, Shading.lit(s, f, f.interpolate(s, c), n, lights.tensor(s)), 0);
                },
                Slopes.waves(2, 48, 3),
                colours,
                d,
                0.02,
                2,
                1e-3,
                shape.vertices(),
                3);
    }
}
