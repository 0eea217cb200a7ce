// SPDX-License-Identifier: EPL-2.0
// three.js shows every scene of a GLB in headless Chromium: browser.mjs HEAD.glb PLAN.json FOLDER, with CHROMIUM naming the
// browser. Nothing listens: what the page asks for is answered from files. Exit code 1 when something is missing.
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

const require = createRequire(path.join(process.env.NODE_FOLDER, 'package.json'));
const puppeteer = require('puppeteer-core');
const three = path.dirname(path.dirname(require.resolve('three')));

const [glb, planFile, folder] = process.argv.slice(2);
const plan = JSON.parse(fs.readFileSync(planFile));
const PLACE = 'http://interop.invalid/';

const html = `<!doctype html><meta charset="utf-8"><style>body{margin:0}</style>
<script type="importmap">{"imports": {"three": "${PLACE}three/build/three.module.js"}}</script>
<script type="module">
import * as THREE from 'three';
import { GLTFLoader } from '${PLACE}three/examples/jsm/loaders/GLTFLoader.js';
const plan = ${JSON.stringify(plan)};
const renderer = new THREE.WebGLRenderer({ antialias: true, alpha: true, preserveDrawingBuffer: true });
renderer.setSize(plan.size, plan.size);
document.body.append(renderer.domElement);
const centre = new THREE.Vector3(...plan.centre);
const distance = 1.08 * plan.height / (2 * Math.tan(Math.PI / 12));
const camera = new THREE.PerspectiveCamera(30, 1, distance / 100, distance * 10);
const turned = 20 * Math.PI / 180;
camera.position.copy(centre).add(new THREE.Vector3(Math.sin(turned), 0, Math.cos(turned)).multiplyScalar(distance));
camera.lookAt(centre);
const sun = new THREE.DirectionalLight(0xffffff, 2.2);
sun.position.set(-1, 1.2, 1.5);
const sky = new THREE.HemisphereLight(0xffffff, 0xffffff, 1.3);
window.ready = new GLTFLoader().loadAsync('${PLACE}head.glb').then((gltf) => { window.gltf = gltf; });
window.show = (number) => {
  const scene = gltf.scenes[number];
  scene.add(sun, sky);
  renderer.render(scene, camera);
  const found = { name: scene.name, vertices: 0, triangles: 0, textured: true, picture: renderer.domElement.toDataURL() };
  scene.traverse((part) => {
    if (!part.isMesh) return;
    found.vertices += part.geometry.attributes.position.count;
    found.triangles += part.geometry.index.count / 3;
    found.textured &&= part.material.map !== null;
  });
  return found;
};
</script>`;

const browser = await puppeteer.launch({
  executablePath: process.env.CHROMIUM,
  headless: true,
  // there may be no GPU, and in containers no user namespaces for the sandbox; the page is ours
  args: ['--no-sandbox', '--use-gl=angle', '--use-angle=swiftshader', '--enable-unsafe-swiftshader'],
});
const problems = [];
let version;
try {
  const page = await browser.newPage();
  page.on('pageerror', (error) => problems.push(`the page failed: ${error.message}`));
  page.on('console', (line) => line.type() === 'error' && problems.push(`the console says: ${line.text()}`));
  await page.setRequestInterception(true);
  page.on('request', (request) => {
    const asked = new URL(request.url());
    const name = decodeURIComponent(asked.pathname.slice(1));
    if (asked.protocol === 'blob:' || asked.protocol === 'data:') request.continue();
    else if (name === '') request.respond({ contentType: 'text/html', body: html });
    else if (name === 'head.glb') request.respond({ contentType: 'model/gltf-binary', body: fs.readFileSync(glb) });
    else if (name.startsWith('three/') && name.endsWith('.js')) {
      request.respond({ contentType: 'text/javascript', body: fs.readFileSync(path.join(three, name.slice(6))) });
    } else request.respond({ status: name === 'favicon.ico' ? 204 : 404, body: '' });
  });
  await page.goto(PLACE, { waitUntil: 'load' });
  await page.evaluate('ready');
  for (const [number, wanted] of plan.scenes.entries()) {
    const { picture, ...found } = await page.evaluate((n) => window.show(n), number);
    for (const fact of ['name', 'vertices', 'triangles', 'textured']) {
      if (found[fact] !== wanted[fact]) {
        problems.push(`scene ${number} has ${fact} ${found[fact]}, the file says ${wanted[fact]}`);
      }
    }
    fs.writeFileSync(path.join(folder, `${wanted.name}.png`), Buffer.from(picture.split(',')[1], 'base64'));
  }
  version = `${JSON.parse(fs.readFileSync(path.join(three, 'package.json'))).version} in ${await browser.version()}`;
} finally {
  await browser.close();
}
problems.forEach((problem) => console.error(`  error: ${problem}`));
console.log(`three.js ${version}: ${plan.scenes.length} scenes shown, ${problems.length} problems`);
process.exit(problems.length > 0 ? 1 : 0);
