/** What the browser believes about the line: good enough for a word on the screen, never a reason not to try. */

import { useEffect, useState } from "preact/hooks";

export function useOnLine(): boolean {
  const [is_on, set] = useState(navigator.onLine);
  useEffect(() => {
    const hear = (): void => set(navigator.onLine);
    window.addEventListener("online", hear);
    window.addEventListener("offline", hear);
    return () => {
      window.removeEventListener("online", hear);
      window.removeEventListener("offline", hear);
    };
  }, []);
  return is_on;
}
