// What is inside a chosen file: the bytes of a credential, or why they cannot be had.
//
// A kind of file that carries a credential inside (a badge image, a PDF) joins here, as a row of CARRIERS.
import {MAX_CREDENTIAL_BYTES} from './verifier.mjs';

// [name, first bytes, the function from its bytes to those of the credential inside; null as long as there is none]
const CARRIERS = [
  ['png', [0x89, 0x50, 0x4e, 0x47], null],
  ['pdf', [0x25, 0x50, 0x44, 0x46], null],
  ['zip', [0x50, 0x4b, 0x03, 0x04], null],
];
const SVG = /^\s*(?:<[?!][^>]*>\s*)*<svg[\s>]/u;

// {data}, or {refused}: the name of a kind of file that is not read yet.
//
// One byte more than a signed token may have is enough for the verifier to say that a file is too large.
export async function opened(file) {
  const data = new Uint8Array(await file.slice(0, 2 * MAX_CREDENTIAL_BYTES + 1).arrayBuffer());
  const carrier = CARRIERS.find(([, start]) => start.every((byte, place) => data[place] === byte));
  if(carrier) {
    const [refused, , open] = carrier;
    return open ? {data: await open(data)} : {refused};
  }
  return SVG.test(new TextDecoder().decode(data.subarray(0, 1000))) ? {refused: 'svg'} : {data};
}
