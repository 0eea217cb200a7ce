// SPDX-License-Identifier: EPL-2.0
package org.eidolon.render;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.eidolon.torch.Scope;
import org.eidolon.torch.Torch;

/** Times the parts of one differentiable render; medians in milliseconds. */
public final class RenderBench {
    private RenderBench() {}

    /**
     * @param scope of the device to measure on
     * @param views which mesh each view shows
     * @param vertices (sum of V, 3)
     * @param cameras as many as views
     * @param size of the pictures
     * @param runs how often each part runs, after a third of that for warming up
     * @return part → median, in the order of the work
     */
    public static Map<String, Double> measure(
            Scope scope, Views views, NDArray vertices, Cameras cameras, int size, int runs) {
        Map<String, Double> result = new LinkedHashMap<>();
        NDArray leaf = Torch.parameter(scope.adopt(Torch.detach(scope, vertices)));
        Rasteriser first = new Rasteriser(new JavaVisibility(), size, size, true);
        try (Scope inner = scope.child()) {
            NDArray snapped;
            try (Torch.Mode off = Torch.noGradient()) {
                snapped = org.eidolon.torch.Script.load(TorchVisibility.class, "visibility.py")
                        .call(inner, "snap", first.clip(inner, views, vertices, cameras), size, size);
            }
            result.put(
                    "visibilityJava",
                    median(inner, runs, s -> new JavaVisibility().triangles(s, snapped, views, size, size, true)));
            result.put(
                    "visibilityTorch",
                    median(
                            inner,
                            runs,
                            s -> sync(new TorchVisibility().triangles(s, snapped, views, size, size, true))));
        }
        Rasteriser rasteriser = new Rasteriser(Visibility.forDevice(scope.device()), size, size, true);
        result.put("neighbours", median(scope, runs, s -> {
            try (NDArray copy = views.meshes().faces().add(0)) {
                sync(Meshes.shared(copy, 1, views.meshes().vertices()).twins(s));
            }
        }));
        result.put(
                "fragments",
                median(
                        scope,
                        runs,
                        s -> sync(rasteriser.rasterise(s, views, leaf, cameras).weights())));
        result.put("forward", median(scope, runs, s -> sync(picture(s, rasteriser, views, leaf, cameras))));
        result.put("forwardAndBackward", median(scope, runs, s -> {
            NDArray image = picture(s, rasteriser, views, leaf, cameras);
            Torch.backward(image, s.adopt(image.onesLike()));
            sync(Torch.gradient(s, leaf));
            Torch.zeroGradient(leaf);
        }));
        return result;
    }

    /** Antialiased camera-space normals and mask, averaged down: (B, size / 2, size / 2, 4). */
    static NDArray picture(Scope s, Rasteriser rasteriser, Views views, NDArray vertices, Cameras cameras) {
        Fragments f = rasteriser.rasterise(s, views, vertices, cameras);
        NDArray normals = Shading.cameraNormals(s, f, Shading.normals(s, views.meshes(), vertices), cameras);
        NDArray image = f.image(s, Shading.normalColours(s, normals), 0);
        NDArray both = s.adopt(NDArrays.concat(new NDList(image, f.mask(s)), 3));
        return Rasteriser.half(s, f.antialias(s, both));
    }

    /** Waits for a device: reading one number does. */
    private static void sync(NDArray tensor) {
        if (tensor.getDevice().isGpu()) {
            tensor.flatten().get("0:1").toByteBuffer();
        }
    }

    private static double median(Scope scope, int runs, Consumer<Scope> part) {
        double[] times = new double[runs];
        for (int i = -runs / 3 - 1; i < runs; i++) {
            try (Scope s = scope.child()) {
                long start = System.nanoTime();
                part.accept(s);
                if (i >= 0) {
                    times[i] = (System.nanoTime() - start) / 1e6;
                }
            }
        }
        Arrays.sort(times);
        return times[runs / 2];
    }
}
