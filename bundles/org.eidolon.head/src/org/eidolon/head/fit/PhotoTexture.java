// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.fit;

import java.util.List;
import org.eidolon.encoders.Photo;
import org.eidolon.head.model.HeadModel;
import org.eidolon.head.model.HeadModel.Part;
import org.eidolon.head.skin.Region;
import org.eidolon.head.skin.SkinRegions;
import org.eidolon.head.texture.TexturedHead;
import org.eidolon.head.topology.HeadAtlas;
import org.eidolon.head.view.Lighting;
import org.eidolon.mesh.AtlasRaster;
import org.eidolon.mesh.Mesh;
import org.eidolon.torch.Scope;

/**
 * The albedo of a fitted head in its texture layout, with the photos in it: what they saw is divided by their light,
 * what none saw is painted in the colours that were read, and between both the ratio of photo to paint goes on smoothly.
 */
public final class PhotoTexture {
    private static final int DEPTH = 1024, RINGS = 8;

    /** Relative depth by which a place may lie behind what the camera sees there. */
    private static final double NEAR = 0.006;

    /** Logarithm of how much lighter than its tone skin gets. */
    private static final double LIGHTEST = 0.35;

    /** Logarithm of how far a photo may lie above what is painted. */
    private static final double MOST = Math.log(3.5);

    private final HeadModel model;
    private final LandmarkMap map;
    private final HeadAtlas atlas;
    private final float[][] masks;

    public PhotoTexture(HeadModel model, LandmarkMap map, HeadAtlas atlas) {
        this.model = model;
        this.map = map;
        this.atlas = atlas;
        masks = new SkinRegions(model).masks();
    }

    /**
     * Bakes.
     *
     * @param photos of the fit's views, in their order
     * @param size side of the texture, texels
     */
    public TexturedHead.Texture bake(Scope scope, Fit fit, List<Photo> photos, int size) {
        HeadPaint paint = new HeadPaint(model, masks, fit);
        AtlasRaster raster = AtlasRaster.of(atlas.mesh(model.neutral(), model.triangles()), size);
        int texels = size * size;
        float[] base = new float[3 * texels], ratio = new float[3 * texels], weight = new float[texels];
        double[] rgb = new double[3];
        for (int t = 0; t < texels; t++) {
            if (raster.triangles()[t] < 0) continue;
            int[] v = corners(raster, t);
            if (model.part(v[0]) == Part.EYE) {
                double[] p = point(model.neutral(), v, raster.barycentrics(), 3 * t);
                paint.eye(p[0], p[1], p[2], rgb);
            } else {
                paint.at(v, 0, raster.barycentrics(), 3 * t, rgb);
            }
            for (int c = 0; c < 3; c++) base[3 * t + c] = (float) rgb[c];
        }
        for (int i = 0; i < photos.size(); i++) {
            project(scope, fit, fit.views().get(i), photos.get(i), raster, paint, base, ratio, weight);
        }
        for (int t = 0; t < texels; t++) {
            for (int c = 0; c < 3 && weight[t] > 0; c++) ratio[3 * t + c] /= weight[t];
            weight[t] = Math.min(1, weight[t]);
        }
        mirror(raster, size, ratio, weight);
        float[] filled = PullPush.fill(ratio, weight, size, 3);
        float[] out = new float[3 * texels];
        for (int t = 0; t < texels; t++) {
            if (raster.triangles()[t] < 0) continue;
            int[] v = corners(raster, t);
            double reach = skin(model.part(v[0])) ? reach(point(model.neutral(), v, raster.barycentrics(), 3 * t)) : 0;
            double hair = fit.hairy() * paint.mask(Region.FULL_HAIR, v, 0, raster.barycentrics(), 3 * t);
            double lips = paint.mask(Region.LIPS, v, 0, raster.barycentrics(), 3 * t);
            double share = Math.max(weight[t], reach * (1 - hair) * (1 - lips));
            for (int c = 0; c < 3; c++) {
                double linear = base[3 * t + c] * Math.exp(share * filled[3 * t + c]);
                out[3 * t + c] = (float) Math.pow(Math.clamp(linear, 0, 1), Lighting.ENCODING);
            }
        }
        out = raster.dilate(out, 3, RINGS);
        byte[] bytes = new byte[3 * texels];
        for (int i = 0; i < bytes.length; i++) bytes[i] = (byte) Math.round(255 * Math.clamp(out[i], 0, 1));
        return new TexturedHead.Texture(size, bytes);
    }

    private void project(
            Scope scope,
            Fit fit,
            Fit.View view,
            Photo photo,
            AtlasRaster raster,
            HeadPaint paint,
            float[] base,
            float[] ratio,
            float[] weight) {
        float[] worn = model.vertices(fit.shape(), view.expression());
        Mesh mesh = Mesh.of(worn, model.triangles()).withVertexNormals();
        Raster seen = Raster.of(scope, mesh, view.camera(), DEPTH);
        PhotoView through = new PhotoView(view, photo, map, worn);
        SkinLight light = SkinLight.of(view.light());
        double[] turn = view.camera().rotation(), eye = view.camera().eye(), rgb = new double[3];
        float[] linearTone = new float[3], normal = new float[3];
        for (int c = 0; c < 3; c++) linearTone[c] = (float) Math.pow(fit.tone()[c], 1 / Lighting.ENCODING);
        double toneLuminance = LinearPicture.luminance(new double[] {linearTone[0], linearTone[1], linearTone[2]});
        for (int t = 0; t < weight.length; t++) {
            if (raster.triangles()[t] < 0) continue;
            int[] v = corners(raster, t);
            if (!skin(model.part(v[0]))) continue;
            double[] rest = point(model.neutral(), v, raster.barycentrics(), 3 * t);
            double w = reach(rest);
            if (w <= 0) continue;
            double[] place = point(worn, v, raster.barycentrics(), 3 * t);
            double[] n = point(mesh.normals(), v, raster.barycentrics(), 3 * t);
            w *= facing(n, place, eye);
            double[] p = through.project(place);
            if (w <= 0 || Math.abs(p[0]) >= 1 || Math.abs(p[1]) >= 1) continue;
            int pixel = (int) ((1 - p[1]) / 2 * DEPTH) * DEPTH + (int) ((p[0] + 1) / 2 * DEPTH);
            if (1 / p[2] < seen.inverseDepth()[pixel] * (1 - NEAR)) continue;
            w *= HeadPaint.step(0.6, 0.97, through.colour(p[0], p[1], rgb));
            double hair = fit.hairy() * paint.mask(Region.FULL_HAIR, v, 0, raster.barycentrics(), 3 * t);
            w *= 1 - HeadPaint.step(0.1, 0.6, hair);
            if (w <= 0) continue;
            for (int k = 0; k < 3; k++) {
                normal[k] = (float) (turn[3 * k] * n[0] + turn[3 * k + 1] * n[1] + turn[3 * k + 2] * n[2]);
            }
            double length = Math.sqrt(normal[0] * normal[0] + normal[1] * normal[1] + normal[2] * normal[2]);
            for (int k = 0; k < 3; k++) normal[k] /= (float) length;
            double lit = light.at(normal, 0);
            for (int c = 0; c < 3; c++) rgb[c] /= lit;
            w *= 1 - (1 - core(rest)) * HeadPaint.step(0.12, 0.3, SkinReading.difference(rgb, linearTone));
            float lips = paint.mask(Region.LIPS, v, 0, raster.barycentrics(), 3 * t);
            if (lips > 0.2) w *= reddish(rgb, linearTone);
            double bright = Math.log(Math.max(1e-5, LinearPicture.luminance(rgb)) / toneLuminance);
            double highlight = bright - limited(bright);
            for (int c = 0; c < 3; c++) {
                double r = Math.log(Math.max(1e-4, rgb[c]) / base[3 * t + c]) - highlight;
                ratio[3 * t + c] += (float) (w * Math.clamp(r, -2 * MOST, MOST));
            }
            weight[t] += (float) w;
        }
    }

    /** Skin is not much lighter than its tone: what is, reflects a lamp. Bends towards {@value #LIGHTEST} and stays below. */
    private static double limited(double bright) {
        return bright < 0 ? bright : LIGHTEST * Math.tanh(bright / LIGHTEST);
    }

    /** Teeth that show between lips are less red than skin. */
    private static double reddish(double[] rgb, float[] tone) {
        double red = rgb[0] / (rgb[0] + rgb[1] + rgb[2] + 1e-4), skin = tone[0] / (tone[0] + tone[1] + tone[2] + 1e-4);
        return HeadPaint.step(-0.06, -0.01, red - skin);
    }

    private static double facing(double[] n, double[] place, double[] eye) {
        double dot = 0, nn = 0, dd = 0;
        for (int k = 0; k < 3; k++) {
            double d = eye[k] - place[k];
            dot += n[k] * d;
            nn += n[k] * n[k];
            dd += d * d;
        }
        return HeadPaint.step(0.2, 0.6, dot / Math.sqrt(nn * dd + 1e-12));
    }

    /** Where photos may paint: the front of the head, fading before the back of the head and the lower neck begin. */
    private static double reach(double[] p) {
        return HeadPaint.step(-0.12, 0.08, p[2]) * HeadPaint.step(-0.52, -0.34, p[1]);
    }

    /** Where eyes, brows, nose, mouth and chin are: all colours of the photo belong to the face there. */
    private static double core(double[] p) {
        return Math.max(ellipse(p, 0.36, 0.37, 0.17), ellipse(p, -0.02, 0.24, 0.34));
    }

    private static double ellipse(double[] p, double y, double halfWidth, double halfHeight) {
        return 1 - HeadPaint.step(0.8, 1.05, Math.hypot(p[0] / halfWidth, (p[1] - y) / halfHeight));
    }

    private static boolean skin(Part part) {
        return part == Part.FACE || part == Part.NECK;
    }

    /** What only one side of the face saw goes to the other; the layout of the face is symmetric. */
    private void mirror(AtlasRaster raster, int size, float[] ratio, float[] weight) {
        float[] before = weight.clone(), values = ratio.clone();
        int tile = (int) Math.round(HeadAtlas.FACE * size);
        for (int y = 0; y < tile; y++) {
            for (int x = 0; x < tile; x++) {
                int at = y * size + x, other = y * size + tile - 1 - x;
                if (raster.triangles()[at] < 0) continue;
                float more = 0.9f * Math.max(0, before[other] - before[at]);
                if (more <= 0) continue;
                float sum = before[at] + more;
                for (int c = 0; c < 3; c++) {
                    ratio[3 * at + c] = (before[at] * values[3 * at + c] + more * values[3 * other + c]) / sum;
                }
                weight[at] = sum;
            }
        }
    }

    private int[] corners(AtlasRaster raster, int texel) {
        int f = raster.triangles()[texel];
        return new int[] {model.triangles()[3 * f], model.triangles()[3 * f + 1], model.triangles()[3 * f + 2]};
    }

    private static double[] point(float[] values, int[] v, float[] weights, int at) {
        double[] p = new double[3];
        for (int k = 0; k < 3; k++) {
            for (int c = 0; c < 3; c++) p[c] += weights[at + k] * values[3 * v[k] + c];
        }
        return p;
    }
}
