// The texts of the QR codes in a picture, by ZXing-C++ as WebAssembly, which reads them smaller than others do.
import {prepareZXingModule, readBarcodes} from 'zxing-wasm/reader';
import binary from 'zxing-wasm/reader/zxing_reader.wasm';

const MAX_SIDE = 4_096; // pixels: more than a code needs, and no more memory than a telephone has
const MAX_CODES = 50;
const OPTIONS = {formats: ['QRCode'], maxNumberOfSymbols: MAX_CODES, textMode: 'Plain'};

prepareZXingModule({overrides: {wasmBinary: binary.buffer}}); // at hand, so that nothing is fetched

// `picture`: an ImageBitmap, which is closed. Returns texts, each once, none for a picture without a code.
export async function codesIn(picture) {
  const scale = Math.min(1, MAX_SIDE / Math.max(picture.width, picture.height));
  const [width, height] = [picture.width, picture.height].map(side => Math.max(1, Math.round(side * scale)));
  const canvas = new OffscreenCanvas(width, height).getContext('2d', {willReadFrequently: true});
  canvas.fillStyle = 'white'; // what shines through a picture is paper
  canvas.fillRect(0, 0, width, height);
  canvas.drawImage(picture, 0, 0, width, height);
  picture.close();
  const found = await readBarcodes(canvas.getImageData(0, 0, width, height), OPTIONS);
  return [...new Set(found.map(({text}) => text))];
}
