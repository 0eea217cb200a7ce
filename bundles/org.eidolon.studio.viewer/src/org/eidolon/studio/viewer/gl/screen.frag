// SPDX-License-Identifier: EPL-2.0
// What lies over the whole view, by the name that is defined as WHAT: the backdrop, a picture in the flat square, or an
// earlier picture of the same size.
in vec2 at;
out vec4 colour;
uniform vec3 top;
uniform vec3 bottom;
uniform sampler2D picture;
uniform vec2 fit;
uniform float strength;

#define BACKDROP vec4(mix(bottom, top, at.y), 1)
#define FLAT_PICTURE vec4(flatPicture(), 1)
#define EARLIER vec4(texture(picture, at).rgb, strength)

// linear samples of an sRGB picture, written as sRGB again
vec3 flatPicture() {
    vec2 uv = ((at * 2.0 - 1.0) / fit * vec2(1, -1) + 1.0) * 0.5;
    if (any(lessThan(uv, vec2(0))) || any(greaterThan(uv, vec2(1)))) {
        discard;
    }
    vec3 c = texture(picture, uv).rgb;
    return mix(12.92 * c, 1.055 * pow(max(c, 1e-6), vec3(1.0 / 2.4)) - 0.055, step(0.0031308, c));
}

void main() {
    colour = WHAT;
}
