/** Where the phone believes it is: asked on a tap, never required but where an item says so, no tracks. */

import type { Place } from "../wire";

const PATIENCE_MS = 15_000;

export function locate(): Promise<Place> {
  return new Promise((resolve, reject) => {
    if (!navigator.geolocation) {
      reject(new Error("这个浏览器不能定位，不影响完成。"));
      return;
    }
    navigator.geolocation.getCurrentPosition(
      ({ coords, timestamp }) =>
        resolve({
          lat: coords.latitude,
          lng: coords.longitude,
          accuracy_m: Math.round(coords.accuracy),
          source: "browser",
          age_s: Math.max(0, Math.round((Date.now() - timestamp) / 1000)),
        }),
      (fault) => reject(new Error(fault.code === 1 ? "没有允许定位，不影响完成。" : "这里定不了位，不影响完成。")),
      { enableHighAccuracy: true, timeout: PATIENCE_MS, maximumAge: 60_000 },
    );
  });
}
