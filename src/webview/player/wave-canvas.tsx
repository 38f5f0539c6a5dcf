import type { JSX } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { Columns } from './columns';
import type { Heard } from './growing';
import { useTheme } from './use-theme';
import { drawWave } from './wave-draw';

interface WaveCanvasProps {
  readonly columns: Columns;
  readonly heard: Heard;
  readonly channel: 0 | 1;
  /** In CSS pixels. */
  readonly width: number;
}

/** One channel, drawn in the colours of the theme and at the density of the screen. */
export function WaveCanvas({ columns, heard, channel, width }: WaveCanvasProps): JSX.Element {
  const canvas = useRef<HTMLCanvasElement>(null);
  const theme = useTheme();
  useLayoutEffect(() => {
    const { current } = canvas;
    if (current === null) return;
    const density = devicePixelRatio;
    const style = getComputedStyle(current);
    const size = { width: Math.round(width * density), height: Math.round(current.clientHeight * density) };
    if (current.width !== size.width || current.height !== size.height) Object.assign(current, size);
    drawWave(current, columns, heard, channel, { wave: style.color, clip: style.outlineColor, isFlat: /\bvscode-high-contrast/.test(document.body.className), density });
  }, [columns, heard, channel, width, theme]);
  return <canvas ref={canvas} aria-hidden="true" />;
}
