// The package has no types of its own; map_painter.ts names the few shapes that it uses.
declare module 'topojson-client';
