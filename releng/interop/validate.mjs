// SPDX-License-Identifier: EPL-2.0
// The Khronos validator reads a GLB: validate.mjs HEAD.glb PLAN.json. What the file holds goes into the plan, by which the
// other programs are asked to show it. Exit code 1 on an error or a warning.
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

const require = createRequire(path.join(process.env.NODE_FOLDER, 'package.json'));
const validator = require('gltf-validator');

const [glb, planFile] = process.argv.slice(2);
const bytes = fs.readFileSync(glb);
const report = await validator
  .validateBytes(new Uint8Array(bytes), { uri: path.basename(glb), maxIssues: 100 })
  .catch((error) => {
    console.error(`  error: ${glb} is no glTF: ${error}`);
    process.exit(1);
  });
for (const issue of report.issues.messages) {
  console.error(`  ${['error', 'warning', 'info', 'hint'][issue.severity]} ${issue.code} at ${issue.pointer}: ${issue.message}`);
}
if (report.info?.totalTriangleCount === undefined) {
  console.error(`  error: ${glb} is no whole GLB`);
  process.exit(1);
}

const json = JSON.parse(bytes.subarray(20, 20 + bytes.readUInt32LE(12)).toString());
const least = [Infinity, Infinity, Infinity];
const most = [-Infinity, -Infinity, -Infinity];
const scenes = json.scenes.map((scene) => {
  const primitives = scene.nodes.flatMap((node) => json.meshes[json.nodes[node].mesh].primitives);
  for (const { attributes } of primitives) {
    const { min, max } = json.accessors[attributes.POSITION];
    min.forEach((value, axis) => (least[axis] = Math.min(least[axis], value)));
    max.forEach((value, axis) => (most[axis] = Math.max(most[axis], value)));
  }
  const count = (accessor) => json.accessors[accessor].count;
  return {
    name: scene.name,
    vertices: primitives.reduce((sum, p) => sum + count(p.attributes.POSITION), 0),
    triangles: primitives.reduce((sum, p) => sum + count(p.indices) / 3, 0),
    textured: primitives.every((p) => json.materials?.[p.material]?.pbrMetallicRoughness?.baseColorTexture !== undefined),
  };
});
fs.writeFileSync(planFile, JSON.stringify({
  scenes,
  size: 240,
  centre: least.map((value, axis) => (value + most[axis]) / 2),
  height: most[1] - least[1],
}, null, 1));

const { numErrors, numWarnings, numInfos, numHints } = report.issues;
console.log(`Khronos validator ${validator.version()}: ${scenes.length} scenes, ${report.info.totalTriangleCount} triangles; `
  + `${numErrors} errors, ${numWarnings} warnings, ${numInfos} infos, ${numHints} hints`);
process.exit(numErrors + numWarnings > 0 ? 1 : 0);
