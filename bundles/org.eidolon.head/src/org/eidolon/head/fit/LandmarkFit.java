// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.fit;

import java.util.Arrays;
import java.util.List;
import org.eidolon.head.model.HeadModel;
import org.eidolon.render.Camera;

/**
 * Finds camera, shape and expression from landmarks: the head model's landmarks, seen by the camera, shall lie on those
 * of the photo. The energy is
 *
 * <p>mean w |error|² + {@value #SHAPE} Σ ((s − μ) / σ)² + {@value #EXPRESSION} Σ |e|, with e kept in 0…1,
 *
 * <p>errors in percent of the face's size. The prior N(μ, σ²) of the shape is what a reader of photos says, with its own
 * error. Levenberg and Marquardt's method; absolute values and outliers by reweighting (Holland and Welsch 1977).
 * Several photos share the shape and nothing else.
 */
public final class LandmarkFit {
    private static final double SHAPE = 0.02, EXPRESSION = 0.03;

    /** What an expression's weight costs outside of 0…1, and where |e| is rounded off. */
    private static final double FENCE = 30, SOFT = 0.02;

    /** Errors beyond this, in percent of the face's size, count less and less. */
    private static final double OUTLIER = 3;

    private static final int POSE_ROUNDS = 25, ROUNDS = 40;
    private static final double[] STARTS = {0, -0.6, 0.6};

    /**
     * The landmarks of a photo.
     *
     * @param points x, y in photo pixels, float[2L]
     * @param frame the part of the photo that the camera takes
     * @param fieldOfView of that part, radians
     */
    public record Seen(float[] points, PhotoFrame frame, double fieldOfView) {}

    /**
     * What was found for a photo.
     *
     * @param camera that takes the photo's frame
     * @param expression weights of the model's expression shapes, 0 to 1
     * @param errors of each landmark, percent of the face's size
     */
    public record View(Camera camera, float[] expression, float[] errors) {
        /** Mean error, percent of the face's size. */
        public double meanError() {
            double sum = 0;
            for (float e : errors) sum += e;
            return sum / errors.length;
        }
    }

    /** The shape that all photos share, and what each shows. */
    public record Result(float[] shape, List<View> views) {}

    private final LandmarkMap map;
    private final double[] neutral;
    private final double[][] modes;
    private final int shapes;
    private final int expressions;

    /** @param shapes how many of the model's identity modes are fitted */
    public LandmarkFit(HeadModel model, LandmarkMap map, int shapes) {
        this.map = map;
        this.shapes = Math.min(shapes, model.identities().size());
        this.expressions = model.shapes().size();
        neutral = map.at(model.neutral());
        modes = new double[this.shapes + expressions][];
        for (int m = 0; m < modes.length; m++) {
            modes[m] = map.at(
                    m < this.shapes ? model.identities().get(m) : model.shapes().get(m - this.shapes));
        }
    }

    /**
     * Fits photos of one person.
     *
     * @param mean of the shape prior; what is missing is 0
     * @param deviation of the shape prior; what is missing is 1
     */
    public Result fit(List<Seen> photos, float[] mean, float[] deviation) {
        double[] start = new double[shapes + photos.size() * (Pose.NUMBERS + expressions)];
        for (int s = 0; s < Math.min(shapes, mean.length); s++) start[s] = mean[s];
        for (int p = 0; p < photos.size(); p++) {
            double[] one = start(photos.get(p), Arrays.copyOf(start, shapes), mean, deviation);
            System.arraycopy(one, shapes, start, shapes + p * (Pose.NUMBERS + expressions), Pose.NUMBERS);
        }
        Problem problem = new Problem(photos, mean, deviation, start);
        problem.descend(ROUNDS, false);
        return problem.result();
    }

    /** The pose of one photo, from several directions, as a head that is turned far may lead astray. */
    private double[] start(Seen photo, double[] shape, float[] mean, float[] deviation) {
        Problem best = null;
        for (double azimuth : STARTS) {
            double[] x = Arrays.copyOf(shape, shapes + Pose.NUMBERS + expressions);
            double distance = 1.45 / Math.tan(photo.fieldOfView / 2);
            double[] pose = new Pose(azimuth, 0, 0, 0, 0.15, Math.log(distance)).numbers();
            System.arraycopy(pose, 0, x, shapes, pose.length);
            Problem problem = new Problem(List.of(photo), mean, deviation, x);
            problem.descend(POSE_ROUNDS, true);
            if (best == null || problem.energy < best.energy) best = problem;
        }
        return best.x;
    }

    /** Energy and equations at a point of all unknowns: shape, then pose and expression of each photo. */
    private final class Problem {
        private final List<Seen> photos;
        private final float[] mean;
        private final float[] deviation;
        private final double[] faceSizes;
        private final double trust;
        private double[] x;
        private double energy;

        Problem(List<Seen> photos, float[] mean, float[] deviation, double[] x) {
            this.photos = photos;
            this.mean = mean;
            this.deviation = deviation;
            this.x = x;
            double sum = 0;
            for (float t : map.trust()) sum += t;
            trust = sum;
            faceSizes =
                    photos.stream().mapToDouble(p -> PhotoFrame.size(p.points)).toArray();
            energy = energy(x);
        }

        int poseAt(int photo) {
            return shapes + photo * (Pose.NUMBERS + expressions);
        }

        double mean(int s) {
            return s < mean.length ? mean[s] : 0;
        }

        double precision(int s) {
            double d = s < deviation.length ? deviation[s] : 1;
            return SHAPE / (d * d);
        }

        /** Points (L, 3) of the photo's head in head space. */
        double[] points(double[] at, int photo) {
            double[] points = neutral.clone();
            for (int m = 0; m < modes.length; m++) {
                double w = at[m < shapes ? m : poseAt(photo) + Pose.NUMBERS + m - shapes];
                if (w == 0) continue;
                for (int i = 0; i < points.length; i++) points[i] += w * modes[m][i];
            }
            return points;
        }

        /** Percent of the face's size for one unit of picture coordinates. */
        double percent(int photo) {
            return 100 * photos.get(photo).frame.side() / 2 / faceSizes[photo];
        }

        double energy(double[] at) {
            double sum = 0;
            for (int p = 0; p < photos.size(); p++) {
                for (double[] e : errors(at, p)) sum += e[2] * rho(e[0] * e[0] + e[1] * e[1]);
            }
            sum /= trust;
            for (int s = 0; s < shapes; s++) sum += precision(s) * Math.pow(at[s] - mean(s), 2);
            for (int p = 0; p < photos.size(); p++) {
                for (int e = 0; e < expressions; e++) {
                    double v = at[poseAt(p) + Pose.NUMBERS + e];
                    double out = v < 0 ? v : v > 1 ? v - 1 : 0;
                    sum += EXPRESSION * (Math.sqrt(v * v + SOFT * SOFT) - SOFT) + FENCE * out * out;
                }
            }
            return sum;
        }

        /** x and y error of each landmark in percent of the face's size, and its trust. */
        double[][] errors(double[] at, int photo) {
            Seen seen = photos.get(photo);
            var projection = new Pose.Projection(Pose.of(at, poseAt(photo)).camera(seen.fieldOfView));
            double[] points = points(at, photo);
            double[][] out = new double[map.count()][];
            double percent = percent(photo);
            for (int l = 0; l < out.length; l++) {
                double[] q = projection.project(points, 3 * l);
                out[l] = new double[] {
                    percent * (q[0] - seen.frame.toPictureX(seen.points[2 * l])),
                    percent * (q[1] - seen.frame.toPictureY(seen.points[2 * l + 1])),
                    map.trust()[l]
                };
            }
            return out;
        }

        void descend(int rounds, boolean poseOnly) {
            double damping = 1e-3;
            for (int round = 0; round < rounds && damping < 1e8; round++) {
                double[] step = equations(poseOnly).solve(damping);
                double[] next = x.clone();
                for (int i = 0; i < next.length; i++) next[i] += step[i];
                double there = energy(next);
                if (there < energy) {
                    boolean done = energy - there < 1e-6 * energy;
                    x = next;
                    energy = there;
                    damping = Math.max(1e-9, damping / 5);
                    if (done) return;
                } else {
                    damping *= 8;
                    round--;
                }
            }
        }

        NormalEquations equations(boolean poseOnly) {
            var equations = new NormalEquations(x.length);
            for (int p = 0; p < photos.size(); p++) landmarks(equations, p, poseOnly);
            for (int s = 0; s < shapes; s++) {
                equations.pull(s, poseOnly ? 1e9 : precision(s), poseOnly ? 0 : mean(s) - x[s]);
            }
            for (int p = 0; p < photos.size(); p++) {
                for (int e = 0; e < expressions; e++) {
                    int at = poseAt(p) + Pose.NUMBERS + e;
                    double v = x[at];
                    if (poseOnly) {
                        equations.pull(at, 1e9, 0);
                        continue;
                    }
                    // |e| ≈ e² / 2|e₀|, and the factor of two is that of all squares here
                    equations.pull(at, EXPRESSION / (2 * Math.sqrt(v * v + SOFT * SOFT)), -v);
                    if (v < 0) equations.pull(at, FENCE, -v);
                    if (v > 1) equations.pull(at, FENCE, 1 - v);
                }
            }
            return equations;
        }

        private void landmarks(NormalEquations equations, int photo, boolean poseOnly) {
            Seen seen = photos.get(photo);
            Pose pose = Pose.of(x, poseAt(photo));
            var projection = new Pose.Projection(pose.camera(seen.fieldOfView));
            Pose.Projection[] shifted = pose.shifted(seen.fieldOfView);
            double[] points = points(x, photo);
            double[][] errors = errors(x, photo);
            double percent = percent(photo);
            int unknowns = (poseOnly ? 0 : modes.length) + Pose.NUMBERS;
            int[] columns = new int[unknowns];
            double[][] slopes = new double[2][unknowns];
            for (int l = 0; l < map.count(); l++) {
                double[] bySpace = projection.slopes(projection.project(points, 3 * l));
                double[][] byPose = pose.slopes(points, 3 * l, shifted);
                int at = 0;
                for (int m = 0; m < shapes && !poseOnly; m++)
                    at = column(columns, slopes, at, m, bySpace, m, l, percent);
                for (int k = 0; k < Pose.NUMBERS; k++, at++) {
                    columns[at] = poseAt(photo) + k;
                    slopes[0][at] = percent * byPose[k][0];
                    slopes[1][at] = percent * byPose[k][1];
                }
                for (int e = 0; e < expressions && !poseOnly; e++) {
                    int unknown = poseAt(photo) + Pose.NUMBERS + e;
                    at = column(columns, slopes, at, unknown, bySpace, shapes + e, l, percent);
                }
                double[] error = errors[l];
                double weight = error[2] / trust * slope(error[0] * error[0] + error[1] * error[1]);
                equations.add(weight, error[0], columns, slopes[0]);
                equations.add(weight, error[1], columns, slopes[1]);
            }
        }

        private int column(
                int[] columns,
                double[][] slopes,
                int at,
                int unknown,
                double[] bySpace,
                int mode,
                int l,
                double percent) {
            columns[at] = unknown;
            for (int axis = 0; axis < 2; axis++) {
                double sum = 0;
                for (int k = 0; k < 3; k++) sum += bySpace[3 * axis + k] * modes[mode][3 * l + k];
                slopes[axis][at] = percent * sum;
            }
            return at + 1;
        }

        Result result() {
            float[] shape = new float[shapes];
            for (int s = 0; s < shapes; s++) shape[s] = (float) x[s];
            List<View> views = new java.util.ArrayList<>();
            for (int p = 0; p < photos.size(); p++) {
                float[] worn = new float[expressions];
                for (int e = 0; e < expressions; e++) {
                    worn[e] = (float) Math.clamp(x[poseAt(p) + Pose.NUMBERS + e], 0, 1);
                }
                double[][] errors = errors(x, p);
                float[] lengths = new float[errors.length];
                for (int l = 0; l < errors.length; l++) lengths[l] = (float) Math.hypot(errors[l][0], errors[l][1]);
                Camera camera = Pose.of(x, poseAt(p)).camera(photos.get(p).fieldOfView);
                views.add(new View(camera, worn, lengths));
            }
            return new Result(shape, List.copyOf(views));
        }
    }

    /** Charbonnier's loss of a squared error: as the square up to an outlier, as its root beyond. */
    private static double rho(double squared) {
        return 2 * OUTLIER * OUTLIER * (Math.sqrt(1 + squared / (OUTLIER * OUTLIER)) - 1);
    }

    /** Its derivative by the squared error, which is the weight that a square gets in its place. */
    private static double slope(double squared) {
        return 1 / Math.sqrt(1 + squared / (OUTLIER * OUTLIER));
    }
}
