import type { ScanCode } from "../../rpc/types";

/** Finer than a code needs, and quick to send. */
const LARGEST = 1200;
const PART = 0x8000;

/** A photo as the device reads codes: how light each pixel is. Whatever the browser can show can be read. */
export async function inGrey(photo: Blob): Promise<ScanCode> {
  const bitmap = await createImageBitmap(photo);
  const scale = Math.min(1, LARGEST / Math.max(bitmap.width, bitmap.height));
  const width = Math.max(1, Math.round(bitmap.width * scale));
  const height = Math.max(1, Math.round(bitmap.height * scale));
  const canvas = Object.assign(document.createElement("canvas"), { width, height });
  const pen = canvas.getContext("2d")!;
  // What is transparent is paper.
  pen.fillStyle = "#fff";
  pen.fillRect(0, 0, width, height);
  pen.drawImage(bitmap, 0, 0, width, height);
  bitmap.close();
  return { width, height, grey: base64(lightness(pen.getImageData(0, 0, width, height).data)) };
}

function lightness(pixels: Uint8ClampedArray): Uint8Array {
  // Rec. 601 luma.
  return Uint8Array.from(
    { length: pixels.length / 4 },
    (_, at) => 0.299 * pixels[at * 4]! + 0.587 * pixels[at * 4 + 1]! + 0.114 * pixels[at * 4 + 2]!,
  );
}

function base64(bytes: Uint8Array): string {
  let text = "";
  for (let at = 0; at < bytes.length; at += PART)
    text += String.fromCharCode(...bytes.subarray(at, at + PART));
  return btoa(text);
}
