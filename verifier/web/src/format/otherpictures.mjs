// Pictures of the formats that carry no credential, whatever they show: known, so that nobody takes them for text.
import {latin1} from './text.mjs';

const BEGIN_BYTES = 16;
// JPEG, GIF, BMP, TIFF, WebP, HEIF and AVIF.
const BEGINS = new RegExp(
  '^(?:\\xff\\xd8\\xff|GIF8[79]a|BM.{4}\\0\\0\\0\\0|II\\*\\0|MM\\0\\*|RIFF.{4}WEBP|\\0\\0..ftyp(?:heic|heix|mif1|msf1|avif))', 's');

// Whether the bytes begin as one of them does.
export function looksLike(data) {
  return BEGINS.test(latin1(data.subarray(0, BEGIN_BYTES)));
}

// Nothing.
export function contents() {
  return [];
}
