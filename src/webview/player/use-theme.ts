import { useEffect, useState } from 'preact/hooks';

/** Counts up when the theme's colours, or the density of the screen, become others: what is drawn by hand is to be drawn anew. */
export function useTheme(): number {
  const [count, setCount] = useState(0);
  const [density, setDensity] = useState(devicePixelRatio);
  useEffect(() => {
    // VS Code sets the colours on the root, and which kind of theme it is on the body.
    const observer = new MutationObserver(() => setCount((now) => now + 1));
    for (const element of [document.documentElement, document.body]) observer.observe(element, { attributes: true, attributeFilter: ['style', 'class'] });
    return () => observer.disconnect();
  }, []);
  useEffect(() => {
    const query = matchMedia(`(resolution: ${density}dppx)`);
    const onChange = (): void => {
      setDensity(devicePixelRatio);
      setCount((now) => now + 1);
    };
    query.addEventListener('change', onChange);
    return () => query.removeEventListener('change', onChange);
  }, [density]);
  return count;
}
