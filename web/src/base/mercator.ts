// The projected world as the server has it: [0, 2^32) both ways, y growing southwards.

export const kWorld = 2 ** 32;

export interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

export function project(lon: number, lat: number): [number, number] {
  const clamped = Math.max(-85.05, Math.min(85.05, lat)) * (Math.PI / 180);
  const y = 0.5 - Math.asinh(Math.tan(clamped)) / (2 * Math.PI);
  return [((lon + 180) / 360) * kWorld, y * kWorld];
}

export function box_text(box: Box): string {
  const whole = (value: number): number => Math.round(Math.max(0, Math.min(kWorld - 2, value)));
  return [whole(box.left), whole(box.top), whole(box.right), whole(box.bottom)].join(',');
}

/** The smallest box around points, a fifth wider on each side; null without points. */
export function box_around(points: [number, number][]): Box | null {
  if (points.length === 0) return null;
  const xs = points.map((point) => point[0]);
  const ys = points.map((point) => point[1]);
  const box = { left: Math.min(...xs), right: Math.max(...xs), top: Math.min(...ys), bottom: Math.max(...ys) };
  const margin = Math.max((box.right - box.left) * 0.2, (box.bottom - box.top) * 0.2, kWorld / 4000);
  return { left: box.left - margin, right: box.right + margin, top: box.top - margin, bottom: box.bottom + margin };
}
