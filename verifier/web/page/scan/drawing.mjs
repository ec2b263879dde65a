// An SVG picture in pixels. As an image it runs no script, and fetches nothing.

const SIDE = 2_048; // pixels, whatever measure it gives itself

// An ImageBitmap; throws for what the browser cannot draw, as for one without a measure.
export async function bitmapOf(file) {
  const image = new Image();
  image.src = await addressOf(file);
  await image.decode();
  const scale = SIDE / Math.max(image.naturalWidth, image.naturalHeight);
  const [width, height] = [image.naturalWidth, image.naturalHeight].map(side => Math.max(1, Math.round(side * scale)));
  const canvas = new OffscreenCanvas(width, height);
  canvas.getContext('2d').drawImage(image, 0, 0, width, height);
  return canvas.transferToImageBitmap();
}

// As a data: URL, the only kind of address that the policy of the page lets an image have.
function addressOf(file) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.addEventListener('load', () => resolve(reader.result));
    reader.addEventListener('error', () => reject(reader.error));
    reader.readAsDataURL(file);
  });
}
