// SPDX-License-Identifier: EPL-2.0
package org.eidolon.nodes.internal;

import ai.djl.ndarray.NDArray;
import java.awt.image.BufferedImage;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eidolon.head.view.Framing;
import org.eidolon.head.view.Lighting;
import org.eidolon.mesh.Mesh;
import org.eidolon.nodes.value.Head;
import org.eidolon.render.Camera;
import org.eidolon.render.Cameras;
import org.eidolon.render.Fragments;
import org.eidolon.render.Light;
import org.eidolon.render.Lights;
import org.eidolon.render.Meshes;
import org.eidolon.render.Rasteriser;
import org.eidolon.render.Shading;
import org.eidolon.render.Views;
import org.eidolon.render.Visibility;
import org.eidolon.torch.Scope;
import org.eidolon.torch.Torch;

/**
 * Takes pictures of a head for people: smooth normals, silhouettes antialiased, rendered at twice the size on the CPU,
 * before a backdrop. A head without texture is shown in grey.
 */
public final class HeadStudio implements AutoCloseable {
    /** Key light from the left above, a weaker one from the right, and light from everywhere. */
    public static final Light STUDIO = light(0.34, -35, 35, 0.66, 1, 1, 1, 55, 5, 0.2);

    private static final float CLAY = 0.5f;

    private final Scope scope = Scope.open(Torch.device("cpu"));
    private final Head head;
    private final int size;
    private final Rasteriser rasteriser;
    private final Map<Integer, Model> models = new HashMap<>();
    private final Map<Integer, NDArray> textures = new HashMap<>();

    /** A shape as tensors. */
    private record Model(NDArray vertices, NDArray normals, NDArray uvs, Meshes meshes) {}

    /** @param size width and height of the pictures, pixels */
    public HeadStudio(Head head, int size) {
        this.head = head;
        this.size = size;
        this.rasteriser = new Rasteriser(Visibility.forDevice(scope.device()), 2 * size, 2 * size, true);
    }

    /** A camera that sees the whole head. Angles in radians. */
    public static Camera whole(double azimuth, double elevation) {
        return camera(azimuth, elevation, 0, 0.2, 0.04, 0.82);
    }

    static Camera camera(double azimuth, double elevation, double x, double y, double z, double halfHeight) {
        double distance = halfHeight / Math.tan(Framing.FIELD_OF_VIEW / 2);
        return Camera.orbit(azimuth, elevation, distance, Framing.FIELD_OF_VIEW).at(x, y, z);
    }

    /** A key light and a white fill; angles in degrees to the viewer's right and up, strengths as irradiance. */
    public static Light light(
            double ambient,
            double right,
            double above,
            double key,
            double red,
            double green,
            double blue,
            double fillRight,
            double fillAbove,
            double fill) {
        return new Light(
                true,
                grey(ambient),
                Light.towards(Math.toRadians(right), Math.toRadians(above)),
                new float[] {(float) (key * red), (float) (key * green), (float) (key * blue)},
                Light.towards(Math.toRadians(fillRight), Math.toRadians(fillAbove)),
                grey(fill),
                Lighting.ENCODING,
                null);
    }

    private static float[] grey(double v) {
        return new float[] {(float) v, (float) v, (float) v};
    }

    /** A shape under a light. */
    public BufferedImage shaded(int shape, Camera camera, Light light) {
        return picture(shape, camera, light, Backdrop.GREY);
    }

    /** A shape's normals in camera space as colours, (n + 1) / 2. */
    public BufferedImage normals(int shape, Camera camera) {
        return picture(shape, camera, null, Backdrop.DARK);
    }

    /** As {@link #shaded}, before an even backdrop, as (size, size, 3) in [0, 1]. */
    float[] plain(int shape, Camera camera, Light light) {
        return colours(shape, camera, light, Backdrop.EVEN);
    }

    private BufferedImage picture(int shape, Camera camera, Light light, Backdrop backdrop) {
        return picture(colours(shape, camera, light, backdrop), size);
    }

    /** Colours (size, size, 3) in [0, 1] as a picture. */
    static BufferedImage picture(float[] colours, int size) {
        var picture = new BufferedImage(size, size, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < size * size; i++) {
            int rgb = 0;
            for (int c = 0; c < 3; c++) {
                rgb = rgb << 8 | Math.clamp(Math.round(255 * colours[3 * i + c]), 0, 255);
            }
            picture.setRGB(i % size, i / size, rgb);
        }
        return picture;
    }

    /** What is seen of the head, blended over the backdrop by its coverage. */
    private float[] colours(int shape, Camera camera, Light light, Backdrop backdrop) {
        try (Torch.Mode off = Torch.noGradient();
                Scope s = scope.child()) {
            Model model = models.computeIfAbsent(shape, this::model);
            Cameras cameras = Cameras.of(camera);
            Fragments f = rasteriser.rasterise(s, Views.each(model.meshes), model.vertices, cameras);
            NDArray normals = Shading.cameraNormals(s, f, model.normals, cameras);
            NDArray samples = light == null
                    ? Shading.normalColours(s, normals)
                    : Shading.lit(s, f, albedo(s, f, shape, model), normals, new Lights(List.of(light)).tensor(s));
            NDArray image = Rasteriser.half(s, f.antialias(s, f.image(s, samples, 0)));
            NDArray mask = Rasteriser.half(s, f.antialias(s, f.mask(s)));
            float[] colour = image.toFloatArray();
            float[] cover = mask.toFloatArray();
            for (int i = 0; i < cover.length; i++) {
                for (int c = 0; c < 3; c++) {
                    colour[3 * i + c] += (1 - cover[i]) * backdrop.at(i % size, i / size, size, c);
                }
            }
            return colour;
        }
    }

    /** Samples of linear albedo. */
    private NDArray albedo(Scope s, Fragments f, int shape, Model model) {
        int texture = head.shapes().get(shape).texture();
        if (texture < 0) {
            return s.full(CLAY, f.pixel().getShape().get(0), 3);
        }
        NDArray texels = textures.computeIfAbsent(texture, this::texture);
        return s.adopt(Shading.sample(s, texels, f.interpolate(s, model.uvs)).pow(1 / Lighting.ENCODING));
    }

    private Model model(int shape) {
        Mesh mesh = Normals.smooth(head.shapes().get(shape).mesh());
        int vertices = mesh.vertexCount();
        long[] faces = new long[mesh.triangles().length];
        for (int i = 0; i < faces.length; i++) {
            faces[i] = mesh.triangles()[i];
        }
        return new Model(
                scope.of(mesh.positions(), vertices, 3),
                scope.of(mesh.normals(), vertices, 3),
                mesh.uvs() == null ? null : scope.of(mesh.uvs(), vertices, 2),
                Meshes.shared(scope.of(faces, faces.length / 3, 3), 1, vertices));
    }

    private NDArray texture(int index) {
        BufferedImage picture = head.textures().get(index).picture();
        int w = picture.getWidth();
        int h = picture.getHeight();
        int[] pixels = picture.getRGB(0, 0, w, h, null, 0, w);
        float[] values = new float[3 * pixels.length];
        for (int i = 0; i < pixels.length; i++) {
            for (int c = 0; c < 3; c++) {
                values[3 * i + c] = (pixels[i] >> (16 - 8 * c) & 255) / 255f;
            }
        }
        return scope.of(values, h, w, 3);
    }

    @Override
    public void close() {
        scope.close();
    }

    /** What is behind the head. */
    private enum Backdrop {
        /** A light wall, lit from above. */
        GREY {
            @Override
            float at(int x, int y, int size, int channel) {
                double dx = (x + 0.5) / size - 0.5;
                double dy = (y + 0.5) / size - 0.42;
                double fall = Math.min(1, (dx * dx + dy * dy) / 0.55);
                return (float) (TINT[channel] * (0.905 - 0.16 * fall));
            }
        },
        DARK {
            @Override
            float at(int x, int y, int size, int channel) {
                return 0.13f + 0.01f * channel;
            }
        },
        EVEN {
            @Override
            float at(int x, int y, int size, int channel) {
                return 0.55f;
            }
        };

        private static final double[] TINT = {1, 0.992, 0.98};

        abstract float at(int x, int y, int size, int channel);
    }
}
