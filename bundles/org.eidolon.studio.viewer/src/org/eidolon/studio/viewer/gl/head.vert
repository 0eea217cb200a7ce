// SPDX-License-Identifier: EPL-2.0
// A vertex of a head; flat is 1 to lay the surface out by its texture coordinates.
layout(location = 0) in vec3 position;
layout(location = 1) in vec3 normal;
layout(location = 2) in vec2 uv;
uniform mat4 view;
uniform mat4 projection;
uniform int flat_;
uniform vec2 fit; // of the flat square into the view
out vec3 place;
out vec3 direction;
out vec2 coordinates;

void main() {
    place = position;
    direction = normal;
    coordinates = uv;
    gl_Position = flat_ == 1 ? vec4((uv * 2.0 - 1.0) * vec2(1, -1) * fit, 0, 1) : projection * view * vec4(position, 1);
}
