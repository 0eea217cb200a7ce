// SPDX-License-Identifier: EPL-2.0
// The surface of a head in one of the modes, whose name is defined as MODE: a program for each, as software renderers work
// through what a condition leaves out too.
in vec3 place;
in vec3 direction;
in vec2 coordinates;
out vec4 colour;

uniform mat4 view;
uniform vec3 eye;
uniform bool textured;
uniform sampler2D albedo; // sRGB, so that samples are linear
uniform float roughness;
uniform float exposure;
uniform vec3 irradiance[9]; // over pi
uniform samplerCube reflection;
uniform float levels;
uniform vec2 turn; // cosine and sine of how far the light is turned about y
uniform int lamps;
uniform vec3 lampTowards[2];
uniform vec3 lampColour[2];
uniform mat4 toLamp[2];
uniform sampler2DShadow shadow0;
uniform sampler2DShadow shadow1;
uniform float reach; // diagonal of the head's box, which a map of a shadow covers
uniform vec4 ink; // of lines

const float PI = 3.14159265;
const vec3 CLAY = vec3(0.5);
const float DIELECTRIC = 0.04;

vec3 encoded(vec3 linear) {
    vec3 c = clamp(linear, 0.0, 1.0);
    return mix(12.92 * c, 1.055 * pow(max(c, 1e-6), vec3(1.0 / 2.4)) - 0.055, step(0.0031308, c));
}

vec3 toLight(vec3 d) {
    return vec3(turn.x * d.x - turn.y * d.z, d.y, turn.y * d.x + turn.x * d.z);
}

vec3 diffuseLight(vec3 n) {
    vec3 e = irradiance[0] * 0.282095;
    e += 0.488603 * (irradiance[1] * n.y + irradiance[2] * n.z + irradiance[3] * n.x);
    e += 1.092548 * (irradiance[4] * n.x * n.y + irradiance[5] * n.y * n.z + irradiance[7] * n.x * n.z);
    e += 0.315392 * irradiance[6] * (3.0 * n.z * n.z - 1.0) + 0.546274 * irradiance[8] * (n.x * n.x - n.y * n.y);
    return max(e, 0.0);
}

// The second half of the split sum, by the fit of Karis ("Physically Based Shading on Mobile", 2014). What is rough mirrors
// less at a grazing angle too; the surroundings would else shine where the head itself is in their way.
float reflectance(float nv) {
    vec4 r = roughness * vec4(-1, -0.0275, -0.572, 0.022) + vec4(1, 0.0425, 1.04, -0.04);
    float a = min(r.x * r.x, exp2(-9.28 * nv)) * r.x + r.y;
    vec2 ab = vec2(-1.04, 1.04) * a + r.zw;
    return DIELECTRIC * ab.x + max(1.0 - roughness, DIELECTRIC) * ab.y;
}

// GGX with the height-correlated visibility of Smith, as in the glTF specification's appendix B
float microfacets(float nh, float nl, float nv) {
    float alpha2 = pow(max(roughness, 0.05), 4.0);
    float d = nh * nh * (alpha2 - 1.0) + 1.0;
    float lit = nl * sqrt(nv * nv * (1.0 - alpha2) + alpha2);
    float seen = nv * sqrt(nl * nl * (1.0 - alpha2) + alpha2);
    return alpha2 / (PI * d * d) * 0.5 / max(lit + seen, 1e-5);
}

const float TEXEL = 1.0 / 1024.0;

// how much of a lamp is seen, with a soft rim; the place is lifted off the surface, which would shade itself else
float seen(sampler2DShadow map, mat4 lamp, vec3 n, float nl) {
    vec3 lifted = place + n * reach * TEXEL * (1.0 + 2.5 * sqrt(1.0 - nl * nl));
    vec3 p = (lamp * vec4(lifted, 1)).xyz * 0.5 + 0.5;
    p.z -= 0.5 * TEXEL;
    float sum = texture(map, p);
    float r = 2.2 * TEXEL;
    sum += texture(map, p + vec3(r, 0.4 * r, 0)) + texture(map, p + vec3(-0.4 * r, r, 0));
    sum += texture(map, p + vec3(-r, -0.4 * r, 0)) + texture(map, p + vec3(0.4 * r, -r, 0));
    return sum / 5.0;
}

vec3 shaded(vec3 base) {
    vec3 v = normalize(eye - place);
    vec3 n = normalize(direction);
    float nv = clamp(dot(n, v), 1e-3, 1.0);
    vec3 light = base * diffuseLight(toLight(n));
    light += textureLod(reflection, toLight(reflect(-v, n)), roughness * (levels - 1.0)).rgb * reflectance(nv);
    for (int i = 0; i < lamps; i++) {
        vec3 l = lampTowards[i];
        float nl = dot(n, l);
        if (nl > 0.0) {
            vec3 h = normalize(l + v);
            float f = DIELECTRIC + (1.0 - DIELECTRIC) * pow(1.0 - clamp(dot(v, h), 0.0, 1.0), 5.0);
            float gloss = f * microfacets(clamp(dot(n, h), 0.0, 1.0), nl, nv);
            nl *= i == 0 ? seen(shadow0, toLamp[0], n, nl) : seen(shadow1, toLamp[1], n, nl);
            light += lampColour[i] * nl * ((1.0 - f) * base / PI + gloss);
        }
    }
    light *= exposure;
    // what would be too bright bends towards white; below the knee nothing changes, so that skin keeps its tone
    const float knee = 0.76;
    float peak = max(light.r, max(light.g, light.b));
    if (peak > knee) {
        float bent = 1.0 - (1.0 - knee) * (1.0 - knee) / (peak + 1.0 - 2.0 * knee);
        light = mix(light * (bent / peak), vec3(bent), 0.15 * (1.0 - 1.0 / (1.0 + peak - bent)));
    }
    return light;
}

#define SHADED vec4(encoded(shaded(base())), 1)
#define ALBEDO vec4(encoded(base()), 1)
#define NORMALS vec4(mat3(view) * normalize(direction) * 0.5 + 0.5, 1)
#define WIREFRAME ink
#define ATLAS ink
#define UV vec4(squares(), 1)

vec3 base() {
    return textured ? texture(albedo, coordinates).rgb : CLAY;
}

vec3 squares() {
    vec2 square = floor(coordinates * 32.0);
    return vec3(fract(coordinates), 0.35) * (mod(square.x + square.y, 2.0) < 0.5 ? 1.0 : 0.72);
}

void main() {
    colour = MODE;
}
