// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.train;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.List;
import org.eidolon.encoders.FaceAlignment;
import org.eidolon.head.model.HeadModel;
import org.eidolon.head.prior.Domain;
import org.eidolon.head.view.View;
import org.eidolon.head.view.ViewCode;
import org.eidolon.render.Camera;
import org.eidolon.render.Cameras;
import org.eidolon.render.HeadRenderer;
import org.eidolon.render.Light;
import org.eidolon.render.Lights;
import org.eidolon.torch.Scope;

/** Renders what a prior learns from: portraits for the identity encoder, and pictures in the prior's domain. */
public final class Pictures {
    /** Width and height of a prior's pictures. */
    public static final int SIZE = 64;

    /** One picture to be taken: who, wearing what, from where, in what light. */
    public record Take(Subject subject, float[] shapes, View view, Light light) {
        public float[] code() {
            return ViewCode.of(view, light);
        }

        /** What a prior of a domain is told of it; to a base it matters what is shown. */
        float[] code(Domain told, Domain shown) {
            return told == Domain.BASE && shown == Domain.NORMALS ? ViewCode.markedAsNormals(code()) : code();
        }
    }

    /** What chunk or batch i of a domain's pictures shows: in turn everything there is, for a base. */
    static Domain shown(Domain domain, long i) {
        return domain != Domain.BASE ? domain : i % 2 == 0 ? Domain.NORMALS : Domain.COLOUR;
    }

    private final HeadTensors heads;
    private final PortraitCamera portraitCamera;
    private final HeadRenderer pictures;
    private final HeadRenderer portraits;

    public Pictures(HeadTensors heads) {
        this(heads, SIZE);
    }

    /** Pictures of another size, as published networks want them. */
    Pictures(HeadTensors heads, int size) {
        this.heads = heads;
        int vertices = heads.model().vertexCount();
        pictures = HeadRenderer.of(heads.faces(), vertices, size);
        portraits = HeadRenderer.of(heads.faces(), vertices, FaceAlignment.SIZE);
        portraitCamera = new PortraitCamera(heads.model());
    }

    HeadModel model() {
        return heads.model();
    }

    /** Aligned portraits (B, 112, 112, 3) in 0…1, as the identity encoder takes them. */
    public NDArray portraits(Scope scope, List<Subject> subjects) {
        List<Camera> cameras = subjects.stream().map(portraitCamera::of).toList();
        List<Light> lights = subjects.stream().map(s -> s.portrait().light()).toList();
        List<float[]> shapes = subjects.stream().map(s -> s.portrait().shapes()).toList();
        HeadRenderer.Images images = render(portraits, scope, subjects, shapes, cameras, lights);
        int n = subjects.size();
        float[] background = new float[n * 3], exposure = new float[n], gamma = new float[n];
        float[] finish = new float[n * Finish.WIDTH];
        for (int i = 0; i < n; i++) {
            System.arraycopy(subjects.get(i).portrait().background(), 0, background, 3 * i, 3);
            exposure[i] = subjects.get(i).portrait().exposure();
            gamma[i] = subjects.get(i).portrait().gamma();
            System.arraycopy(subjects.get(i).portrait().finish().row(), 0, finish, i * Finish.WIDTH, Finish.WIDTH);
        }
        return HeadTensors.KERNELS.call(
                scope,
                "portrait",
                images.lit(),
                images.mask(),
                scope.of(background, n, 3),
                scope.of(exposure, n),
                scope.of(gamma, n),
                scope.of(finish, n, Finish.WIDTH));
    }

    /** Pictures (B, 3, S, S), uint8, S as the constructor has it: normals, or colours, where the flat light gives albedo. */
    public NDArray take(Scope scope, List<Take> takes, Domain domain) {
        List<Subject> subjects = takes.stream().map(Take::subject).toList();
        List<float[]> shapes = takes.stream().map(Take::shapes).toList();
        List<Camera> cameras = takes.stream().map(t -> t.view().camera()).toList();
        List<Light> lights = takes.stream().map(Take::light).toList();
        HeadRenderer.Images images = render(pictures, scope, subjects, shapes, cameras, lights);
        if (domain == Domain.NORMALS) return HeadTensors.KERNELS.call(scope, "quantise", images.normals());
        float[] flat = new float[takes.size()];
        for (int i = 0; i < flat.length; i++) flat[i] = lights.get(i).lit() ? 0 : 1;
        return HeadTensors.KERNELS.call(scope, "colour", images.lit(), images.albedo(), scope.of(flat, flat.length));
    }

    private HeadRenderer.Images render(
            HeadRenderer renderer,
            Scope scope,
            List<Subject> subjects,
            List<float[]> shapes,
            List<Camera> cameras,
            List<Light> lights) {
        List<float[]> identities = new ArrayList<>(subjects.size());
        subjects.forEach(s -> identities.add(s.identity()));
        NDArray vertices = heads.vertices(scope, identities, shapes);
        NDArray albedo = heads.paint(scope, subjects.stream().map(Subject::skin).toList());
        return renderer.render(scope, vertices, null, albedo, new Cameras(cameras), new Lights(lights));
    }
}
