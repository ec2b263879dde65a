// Every vector through the built verifier in a real browser, under the policy of the page: with WebCrypto and without.
// Reads {base, chromium, cases} on standard input, `cases` a file with one request of tests/web/given.mjs on each line.
// Prints {webcrypto: [...], spare: [...]}, each answer in its place.
import {answered} from '../web/given.mjs';
import {chromium} from 'playwright-core';
import {readFileSync} from 'node:fs';

const ARGS = ['--no-sandbox', '--headless', '--disable-gpu', '--no-first-run', '--disable-background-networking'];
const AT_ONCE = 20;
const wanted = JSON.parse(readFileSync(0, 'utf8'));
const cases = readFileSync(wanted.cases, 'utf8').trim().split('\n').map(line => JSON.parse(line));
const browser = await chromium.launch({executablePath: wanted.chromium, args: ARGS});

async function all(prepare) {
  const page = await (await browser.newContext()).newPage();
  await page.addInitScript(prepare);
  await page.goto(`${wanted.base}/v`);
  await page.evaluate(`globalThis.answered = ${answered}`);
  const answers = [];
  for(let place = 0; place < cases.length; place += AT_ONCE) {
    const some = cases.slice(place, place + AT_ONCE);
    answers.push(...JSON.parse(await page.evaluate(async given => {
      const verifier = await import('/v/verifier.js');
      const found = [];
      for(const each of given) {
        found.push(await globalThis.answered(verifier, each).catch(error => ({crash: String(error.stack)})));
      }
      return JSON.stringify(found);
    }, some)));
  }
  return answers;
}

const found = {
  webcrypto: await all(() => {}),
  spare: await all(() => {
    const original = crypto.subtle.importKey.bind(crypto.subtle);
    const missing = () => Promise.reject(new DOMException('Unrecognized name.', 'NotSupportedError'));
    crypto.subtle.importKey = (format, data, algorithm, ...rest) =>
      algorithm.name === 'Ed25519' ? missing() : original(format, data, algorithm, ...rest);
  })
};
await browser.close();
console.log(JSON.stringify(found));
