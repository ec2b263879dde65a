// Films before the camera of the verify page, while one code after another is scanned, in a real browser.
// Reads {port, chromium, at, alone, cell, cells, width, films, shots} on standard input. `alone`: the page as one file;
// `films`: {name: {path, seconds, alone}}, where `alone` says by which page; each picture of a film is `width` pixels wide,
// and has the number of its scene in `cells` squares of `cell` pixels, on top and at the bottom.
//
// Prints for each film `looks`: when the page took a picture from the camera, and of which scene it was, null for parts of
// two; `draws`: when
// there was something else beside the picture of the camera, and what; and what is there at the end.
import {chromium} from 'playwright-core';
import {line} from './line.mjs';
import {pathToFileURL} from 'node:url';
import {readFileSync} from 'node:fs';
import {watched} from './watched.mjs';

const ARGS = ['--no-sandbox', '--headless', '--disable-gpu', '--no-first-run', '--disable-background-networking'];
const wanted = JSON.parse(readFileSync(0, 'utf8'));
const {base, cut} = await line(wanted.port);
const seen = {foreign: [], errors: [], films: {}};

// In the page: note each picture that is taken, and each change of what is drawn.
function note({cell, cells, width}) {
  const [looks, draws] = [[], []];
  window.noted = {looks, draws, others: []};
  const take = window.createImageBitmap.bind(window);
  const canvas = new OffscreenCanvas(cell * cells, cell).getContext('2d', {willReadFrequently: true});
  window.createImageBitmap = async source => {
    const at = performance.now();
    const picture = await take(source);
    const size = cell * picture.width / width;
    const [top, bottom] = [0, picture.height - size].map(y => {
      canvas.drawImage(picture, 0, y, cells * size, size, 0, 0, cell * cells, cell);
      const {data} = canvas.getImageData(0, cell / 2, cell * cells, 1);
      const bits = Array.from({length: cells}, (_, bit) => Number(data[4 * (bit * cell + cell / 2)] < 128));
      return bits.reduceRight((sum, bit) => 2 * sum + bit, 0);
    });
    looks.push({at, scene: top === bottom ? top : null});
    return picture;
  };
  new MutationObserver(() => {
    const text = document.querySelector('.seen')?.textContent ?? '';
    if(text !== draws.at(-1)?.text) {
      draws.push({at: performance.now(), text});
    }
    const other = ['#answer', '#problem'].map(each => document.querySelector(each)?.textContent ?? '').join('');
    window.noted.others.push(...other ? [other] : []);
  }).observe(document, {childList: true, subtree: true, characterData: true});
}

for(const [name, {path, seconds, alone}] of Object.entries(wanted.films)) {
  const browser = await chromium.launch({executablePath: wanted.chromium, args: [
    ...ARGS, '--use-fake-device-for-media-stream', `--use-file-for-fake-video-capture=${path}`]});
  const page = await watched(browser, {at: wanted.at, base, seen, asked: () => {}}, {permissions: ['camera']});
  await page.goto(alone ? pathToFileURL(wanted.alone).href : `${base}/v`);
  await page.waitForFunction(() => document.documentElement.dataset.trust);
  await page.evaluate(note, wanted);
  await page.getByRole('button', {name: 'Scan one after another'}).click();
  await page.locator('#session tbody tr').first().waitFor({timeout: 90_000});
  await page.waitForTimeout(1_000 * seconds);
  const open = await page.locator('video').count();
  const noted = await page.evaluate(() => window.noted);
  const button = page.locator('.seen button');
  const rows = await page.locator('#session tbody tr').evaluateAll(
    all => all.map(row => [...row.cells].slice(1, 3).map(cell => cell.innerText)));
  await page.getByRole('button', {name: 'Close the camera'}).click();
  seen.films[name] = {...noted, rows, open, number: await page.locator('#id').count() && await page.locator('#id').inputValue(),
    closed: {open: await page.locator('video').count(), answers: await page.locator('.verdict').count(),
      focus: await page.evaluate(() => document.activeElement.id), buttons: await button.count()}};
  await browser.close();
}
cut();
console.log(JSON.stringify(seen));
