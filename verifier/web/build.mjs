// Builds the verify page into dist/: a folder that is served at /v, and one HTML file that works from a disk. The file
// has the reader of QR codes inside, whose policy then allows WebAssembly; the folder keeps it in a worker apart.
//
// Beside them digests.json: the SHA-256 of each file, to compare with what a host serves, and one of all sources.
//
// Prints what a first visit loads, and fails when that is more than MAX_FIRST_LOAD.
import {mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync} from 'node:fs';
import {build} from 'esbuild';
import {createHash} from 'node:crypto';
import {join, relative} from 'node:path';
import {fileURLToPath} from 'node:url';
import {gzipSync} from 'node:zlib';

const MAX_FIRST_LOAD = 60_000; // bytes, gzip: a second on a slow telephone
const HERE = new URL('./', import.meta.url);
const PAGE = new URL('page/', import.meta.url);
const DIST = new URL('dist/', import.meta.url);
const POLICY = [
  "default-src 'none'", "script-src {script} 'wasm-unsafe-eval'", 'style-src {style}', 'img-src data:',
  "base-uri 'none'", "form-action 'none'",
  "require-trusted-types-for 'script'", "trusted-types 'none'"
].join('; ');
const COMMON = {
  bundle: true, minify: true, format: 'esm', target: 'es2022', legalComments: 'inline', charset: 'utf8',
  loader: {'.json': 'text', '.wasm': 'binary'}, absWorkingDir: fileURLToPath(PAGE), logLevel: 'warning'
};

const digest = (text, coding) => createHash('sha256').update(text).digest(coding);
const read = name => readFileSync(new URL(name, DIST), 'utf8');
const write = (name, text) => writeFileSync(new URL(name, DIST), text);
const shell = readFileSync(new URL('index.html', PAGE), 'utf8');

// The shell with something in the place of a comment. A function, because a replacement may hold a dollar sign.
const filled = (html, places) => Object.entries(places).reduce(
  (text, [name, content]) => text.replace(`<!-- ${name} -->`, () => content), html);

// What is loaded later is told to need all that is there by then: the verifier, and in the page what draws an answer.
// Otherwise each module that it shares with others would be taken out into a part of its own, and many small parts weigh
// more than a few.
// Which modules these are is only known when all have been read: `later` comes from a first round, whose files are thrown
// away. Otherwise a module that is read before somebody asks for it later would depend on which was quicker.
const later = new Set();
const whole = {
  name: 'whole',
  setup(builder) {
    const [verifier, answer] = ['verifier.mjs', 'answer.mjs'].map(name => fileURLToPath(new URL(name, PAGE)));
    builder.onResolve({filter: /./}, async ({path, kind, importer, resolveDir}) => {
      if(kind !== 'dynamic-import') {
        return null;
      }
      const found = await builder.resolve(path, {kind: 'import-statement', importer, resolveDir});
      later.add(found.path);
      return found;
    });
    builder.onLoad({filter: /[.]mjs$/}, ({path}) => {
      const needs = path.startsWith(fileURLToPath(PAGE)) && !path.endsWith('spare.mjs') ? [verifier, answer] : [verifier];
      const lines = [readFileSync(path, 'utf8'), ...needs.map(each => `import ${JSON.stringify(each)};`)];
      return later.has(path) ? {contents: lines.join('\n')} : null;
    });
  }
};

async function folder() {
  const entryPoints = {page: 'main.mjs', verifier: 'verifier.mjs', checker: 'check/worker.mjs', style: 'page.css'};
  const options = {
    ...COMMON, entryPoints, splitting: true, metafile: true, outdir: fileURLToPath(DIST), chunkNames: 'part-[hash]',
    plugins: [whole]
  };
  await build({...options, write: false});
  const {metafile} = await build(options);
  const first = closure(metafile.outputs, '../dist/page.js').map(path => path.replace('../dist/', ''));
  const preloads = first.slice(1).map(name => `<link rel="modulepreload" href="/v/${name}">`);
  write('index.html', filled(shell, {
    head: ['<link rel="stylesheet" href="/v/style.css">', ...preloads].join('\n  '),
    licenses: '<link rel="license" href="/v/licenses.txt">',
    end: '<script type="module" src="/v/page.js"></script>'
  }));
  const beside = closure(metafile.outputs, '../dist/checker.js').map(path => path.replace('../dist/', ''));
  return [...new Set(['index.html', 'style.css', ...first, ...beside])];
}

// A file and all that it cannot do without, as esbuild names them.
function closure(outputs, path, found = []) {
  if(!found.includes(path)) {
    found.push(path);
    const needed = outputs[path].imports.filter(({kind}) => kind === 'import-statement');
    needed.forEach(each => closure(outputs, each.path, found));
  }
  return found;
}

// Under which terms everything stands that is in the page. ZXing-C++ shares its licence with Certify.
function licenses() {
  const texts = [
    ['Certify, and ZXing-C++ as WebAssembly', '../../LICENSE'],
    ['zxing-wasm', 'node_modules/zxing-wasm/LICENSE'],
    ['@noble/ed25519', 'node_modules/@noble/ed25519/LICENSE']
  ].map(([name, path]) => `${name}\n\n${readFileSync(new URL(path, import.meta.url), 'utf8').trim()}\n`);
  write('licenses.txt', texts.join('\n\n'));
}

// The reader of codes, in a thread and under a policy of its own.
async function scanner() {
  await build({
    ...COMMON, format: 'iife', entryPoints: ['scan/worker.mjs'], outfile: fileURLToPath(new URL('scanner.js', DIST))
  });
}

// After all the others: it names them, and its version is theirs.
async function worker() {
  const names = readdirSync(DIST).filter(name => name !== 'index.html').sort();
  const files = ['/v', ...names.map(name => `/v/${name}`)];
  const version = digest(['index.html', ...names].map(name => digest(read(name), 'hex')).join(), 'hex').slice(0, 16);
  await build({
    ...COMMON, format: 'iife', entryPoints: ['worker.mjs'], outfile: fileURLToPath(new URL('worker.js', DIST)),
    define: {BUILD: JSON.stringify(version), FILES: JSON.stringify(files)}
  });
}

// Everything inside. <!-- trust --> stays: the service puts its trust file there whenever somebody fetches the page.
async function alone() {
  const {outputFiles} = await build({...COMMON, entryPoints: ['main.mjs'], write: false, conditions: ['alone']});
  // What would begin a comment stands in texts and patterns alone, where an escape means the same.
  const script = outputFiles[0].text.trim().replaceAll('<!--', '\\x3c!--');
  const style = read('style.css').trim();
  if(/<!--|<\/(?:script|style)/iu.test(script + style)) {
    throw new Error('The script or the style sheet would end the element that it stands in.');
  }
  const policy = POLICY.replace('{script}', `'sha256-${digest(script, 'base64')}'`)
    .replace('{style}', `'sha256-${digest(style, 'base64')}'`);
  write('certify-verify.html', filled(shell.replace('<html lang="en">', '<html lang="en" data-alone="true">'), {
    head: `<meta http-equiv="Content-Security-Policy" content="${policy}">\n  <style>${style}</style>`,
    licenses: `<!--\n${read('licenses.txt')}-->`,
    end: ['<script type="application/json" id="inside"><!-- trust --></script>',
      `<script type="module">${script}</script>`].join('\n  ')
  }));
}

// Which bytes the page has, and which sources it was built from: tools/page_backend.py compares both before a release.
function digests() {
  const folders = ['page/', 'src/', 'data/'].flatMap(folder =>
    readdirSync(new URL(folder, import.meta.url), {recursive: true, withFileTypes: true})
      .filter(each => each.isFile())
      .map(each => relative(fileURLToPath(HERE), join(each.path, each.name))));
  const sources = [...folders, 'build.mjs', 'package-lock.json', '../../issuer/web/assets/style.css'].sort();
  const lines = sources.map(name => `${digest(readFileSync(new URL(name, import.meta.url)), 'hex')}  ${name}\n`);
  const files = readdirSync(DIST).sort().map(name => [name, digest(readFileSync(new URL(name, DIST)), 'hex')]);
  const found = {sources: digest(lines.join(''), 'hex'), files: Object.fromEntries(files)};
  write('digests.json', `${JSON.stringify(found, null, 2)}\n`);
}

// Beside each file what is sent to a browser that takes gzip, as all do.
function pack() {
  readdirSync(DIST).forEach(name => write(`${name}.gz`, gzipSync(read(name), {level: 9})));
}

const packed = name => statSync(new URL(`${name}.gz`, DIST)).size;
const kilo = bytes => `${(bytes / 1000).toFixed(1)} KB`;

rmSync(DIST, {recursive: true, force: true});
mkdirSync(DIST);
const first = await folder();
licenses();
await scanner();
await worker();
await alone();
digests();
pack();
const size = first.reduce((sum, name) => sum + packed(name), 0);
console.log(`The verify page: a first visit loads ${kilo(size)} (gzip) of at most ${kilo(MAX_FIRST_LOAD)}; ` +
  `the one file has ${kilo(read('certify-verify.html').length)}.`);
if(size > MAX_FIRST_LOAD) {
  throw new Error('The verify page has become too large.');
}
