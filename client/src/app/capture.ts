/** How often the camera has ended this page while one photo was tried; after the second time another way is offered. */

let count = 0;

export function restarts(): number {
  return count;
}

export function setRestarts(found: number): void {
  count = found;
}
