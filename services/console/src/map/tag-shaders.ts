/**
 * One point sprite per tag. The look byte is age × 4 + status (see tag-status.ts). Shapes: circle = compliant,
 * diamond = warning, triangle = breach, square = silent without an incident; grey = older than 5 minutes, a
 * diagonal stroke through it = older than 15. Three passes, so that breaches lie above warnings above the rest.
 */
export const vertexShader = `#version 300 es
layout(location = 1) in vec2 a_position;
layout(location = 2) in float a_look;
uniform mat4 u_matrix;
uniform float u_radius;
uniform float u_pass;
uniform vec3 u_colours[4];
flat out vec3 v_colour;
flat out float v_shape;
flat out float v_age;

void main() {
  v_age = floor(a_look / 4.0);
  float status = a_look - 4.0 * v_age;
  v_shape = v_age > 0.5 && status < 0.5 ? 3.0 : status;
  v_colour = v_age > 0.5 ? u_colours[3] : u_colours[int(status)];
  float size = v_shape < 0.5 ? u_radius * 2.0 : v_shape > 2.5 ? u_radius * 2.4 : max(u_radius * 3.4, 9.0);
  gl_PointSize = v_age > 1.5 ? size * 1.25 : size;
  gl_Position = status == u_pass ? u_matrix * vec4(a_position, 0.0, 1.0) : vec4(2.0, 2.0, 2.0, 1.0);
}`

export const fragmentShader = `#version 300 es
precision mediump float;
flat in vec3 v_colour;
flat in float v_shape;
flat in float v_age;
uniform vec3 u_edge;
out vec4 colour;

float distanceToShape(vec2 at) {
  if (v_shape < 0.5) return length(at);
  if (v_shape < 1.5) return abs(at.x) + abs(at.y);
  if (v_shape < 2.5) return max(1.0 + (abs(at.x) * 1.8 - (at.y + 0.95) * 0.95) * 0.6, at.y + 0.15);
  return max(abs(at.x), abs(at.y)) * 1.1;
}

void main() {
  vec2 at = gl_PointCoord * 2.0 - 1.0;
  float distance = distanceToShape(at);
  float stroke = v_age > 1.5 ? 1.0 - smoothstep(0.12, 0.24, abs(at.x + at.y)) : 0.0;
  float cover = 1.0 - smoothstep(0.9, 1.0, distance);
  if (cover <= 0.0) discard;
  vec3 mixed = mix(v_colour, u_edge, max(smoothstep(0.74, 0.82, distance), stroke));
  float alpha = cover * (v_shape < 0.5 ? 0.85 : 1.0);
  colour = vec4(mixed * alpha, alpha);
}`
