// Draws the map on a canvas: outline, discs split by status with log-scaled area, and counts of areas. No tiles,
// nothing fetched but the outline that comes with the program.

import { feature, mesh } from 'topojson-client';
import { project, type Box } from '../base/mercator';

export const kStatusColours = ['#084C7A', '#3A8CC4', '#8E8E8A', '#BF5B04', '#2D1230'];

type Line = [number, number][];

export interface Outline {
  land: Line[];
  borders: Line[];
}

function projected(line: number[][]): Line {
  return line.map(([lon, lat]) => project(lon!, lat!));
}

/** Rings of land and border lines of a topology. */
export function outline_of(topology: any): Outline {
  const land: any = feature(topology, topology.objects.land);
  const shapes: any[] = land.type === 'FeatureCollection' ? land.features.map((f: any) => f.geometry) : [land.geometry];
  const rings = shapes.flatMap((shape) => (shape.type === 'Polygon' ? shape.coordinates : shape.coordinates.flat()));
  const borders: any = mesh(topology, topology.objects.countries, (a: unknown, b: unknown) => a !== b);
  return { land: rings.map(projected), borders: borders.coordinates.map(projected) };
}

export interface AreaCount {
  x: number;
  y: number;
  name: string;
  text: string;
}

export interface Picture {
  outline: Outline | null;
  cells: number[][];
  areas: AreaCount[];
}

function trace(context: CanvasRenderingContext2D, lines: Line[], at: (x: number, y: number) => [number, number]): void {
  context.beginPath();
  for (const line of lines) {
    line.forEach(([x, y], i) => {
      const [left, top] = at(x, y);
      if (i === 0) context.moveTo(left, top);
      else context.lineTo(left, top);
    });
  }
}

function sum(values: number[]): number {
  return values.reduce((a, b) => a + b, 0);
}

/** Radius in pixels: one event is still a disc that can be seen, the area grows with the logarithm. */
export function radius_of(count: number): number {
  return 5 + 3 * Math.sqrt(Math.log2(count));
}

function draw_disc(context: CanvasRenderingContext2D, x: number, y: number, counts: number[]): void {
  const total = sum(counts);
  const radius = radius_of(total);
  let angle = -Math.PI / 2;
  counts.forEach((count, status) => {
    if (count === 0) return;
    const end = angle + (count / total) * 2 * Math.PI;
    context.beginPath();
    context.moveTo(x, y);
    context.arc(x, y, radius, angle, end);
    context.closePath();
    context.fillStyle = kStatusColours[status]!;
    context.fill();
    angle = end;
  });
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  context.strokeStyle = '#fff';
  context.lineWidth = 1;
  context.stroke();
}

interface Taken {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

const kAreaTop = 12; // px of a count and its name above and below its middle
const kAreaBottom = 27;
const kShifts = [[0, 0], [0, 34], [0, -34], [46, 0], [-46, 0], [46, 34], [-46, 34], [46, -34], [-46, -34]] as const;

function overlaps(a: Taken, b: Taken): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

/** The nearest place that covers no disc and no other count; an area is wide, so a little beside its middle is right. */
function free_place(x: number, y: number, half: number, taken: Taken[]): [number, number] {
  for (const [right, down] of kShifts) {
    const box = { left: x + right - half, right: x + right + half, top: y + down - kAreaTop, bottom: y + down + kAreaBottom };
    if (taken.some((other) => overlaps(box, other))) continue;
    taken.push(box);
    return [x + right, y + down];
  }
  return [x, y];
}

function draw_area(context: CanvasRenderingContext2D, at_x: number, at_y: number, area: AreaCount, taken: Taken[]): void {
  context.font = '11px Vazirmatn, sans-serif';
  const name_width = context.measureText(area.name).width;
  context.font = '600 12px Vazirmatn, sans-serif';
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  const width = Math.max(context.measureText(area.text).width, 10) + 12;
  const [x, y] = free_place(at_x, at_y, Math.max(width, name_width) / 2, taken);
  context.fillStyle = '#fff';
  context.strokeStyle = '#8A8576';
  context.lineWidth = 1;
  context.setLineDash([3, 2]);
  context.beginPath();
  context.roundRect(x - width / 2, y - 10, width, 20, 3);
  context.fill();
  context.stroke();
  context.setLineDash([]);
  context.fillStyle = '#1C2230';
  context.fillText(area.text, x, y + 0.5);
  context.font = '11px Vazirmatn, sans-serif';
  context.strokeStyle = '#F6F5F1';
  context.lineWidth = 3;
  context.strokeText(area.name, x, y + 19);
  context.fillStyle = '#575D69';
  context.fillText(area.name, x, y + 19);
}

/** Paints `view` of the world onto the whole canvas; sizes are in CSS pixels. */
export function paint(canvas: HTMLCanvasElement, view: Box, picture: Picture): void {
  const context = canvas.getContext('2d');
  if (!context) return;
  const ratio = window.devicePixelRatio || 1;
  const width = canvas.clientWidth;
  const height = canvas.clientHeight;
  canvas.width = Math.round(width * ratio);
  canvas.height = Math.round(height * ratio);
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.fillStyle = picture.outline ? '#E2E8EA' : '#F3F1EA';
  context.fillRect(0, 0, width, height);
  const scale = width / (view.right - view.left);
  const at = (x: number, y: number): [number, number] => [(x - view.left) * scale, (y - view.top) * scale];
  if (picture.outline) {
    trace(context, picture.outline.land, at);
    context.fillStyle = '#F6F3EA';
    context.fill('evenodd');
    context.strokeStyle = '#B9B2A0';
    context.lineWidth = 1;
    context.stroke();
    trace(context, picture.outline.borders, at);
    context.stroke();
  }
  const taken: Taken[] = picture.cells.map(([x, y, ...counts]) => {
    const [left, top] = at(x!, y!);
    const radius = radius_of(sum(counts));
    return { left: left - radius, right: left + radius, top: top - radius, bottom: top + radius };
  });
  for (const area of picture.areas) draw_area(context, ...at(area.x, area.y), area, taken);
  for (const [x, y, ...counts] of picture.cells) draw_disc(context, ...at(x!, y!), counts);
}
