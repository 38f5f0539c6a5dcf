/** The geometry of the ring around the play button. Pure. */

/** What an SVG circle of this radius needs as `stroke-dasharray` to show so much of itself, from 0 to 1. */
export function dashesOf(share: number, radius: number): string {
  const whole = 2 * Math.PI * radius;
  const shown = Math.min(1, Math.max(0, Number.isFinite(share) ? share : 0)) * whole;
  return `${shown.toFixed(2)} ${whole.toFixed(2)}`;
}

/** How much came, from 0 to 1; undefined while nobody said how much there is. */
export function shareOf({ received, total }: { readonly received: number; readonly total?: number }): number | undefined {
  return total === undefined || total <= 0 ? undefined : Math.min(1, received / total);
}
