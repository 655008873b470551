// Memory that nobody reads any more, given back at once.

const nowhere = new MessageChannel();
nowhere.port2.close();

/** The buffers of what an object holds. */
export function buffers_of(value: object): ArrayBuffer[] {
  return Object.values(value).filter((each) => ArrayBuffer.isView(each) && each.byteLength > 0).map((each) => (each as Uint8Array<ArrayBuffer>).buffer);
}

/** Sends the buffers to nobody, which frees them; a collector would let hundreds of megabytes wait. */
export function release(buffers: ArrayBuffer[]): void {
  nowhere.port1.postMessage(null, buffers);
}
