/** Small drawings, as the desk's icons are drawn: one line, round ends. */

const PATHS = {
  back: "M15 5l-7 7 7 7",
  next: "M9 5l7 7-7 7",
  today: "M4 6h16v14H4zM4 10h16M8 3v4M16 3v4",
  firm: "M4 20V9l6 4V9l6 4V5h4v15zM8 20v-4h3v4",
  alarm: "M12 4l9 16H3zM12 10v5M12 18v.5",
  sync: "M5 12a7 7 0 0112-5l2 2M19 12a7 7 0 01-12 5l-2-2M19 5v4h-4M5 19v-4h4",
  more: "M5 7h14M5 12h14M5 17h14",
  phone: "M6 3h4l2 5-3 2a12 12 0 005 5l2-3 5 2v4a2 2 0 01-2 2A17 17 0 014 5a2 2 0 012-2z",
  camera: "M4 8h4l2-3h4l2 3h4v11H4zM12 17a3.5 3.5 0 100-7 3.5 3.5 0 000 7z",
  check: "M5 12l5 5 9-10",
  pen: "M4 20l4-1L19 8l-3-3L5 16zM14 7l3 3",
  pin: "M12 21s7-6 7-11a7 7 0 10-14 0c0 5 7 11 7 11zM12 12.500a2.500 2.500 0 100-5 2.500 2.500 0 000 5z",
  down: "M12 4v11M7 11l5 5 5-5M5 20h14",
  out: "M12 16V5M7 9l5-5 5 5M5 20h14",
  cross: "M6 6l12 12M18 6L6 18",
  book: "M5 4h13v16H7a2 2 0 01-2-2zM5 18a2 2 0 012-2h11",
  people: "M9 11a3.500 3.500 0 100-7 3.500 3.500 0 000 7zM3 20a6 6 0 0112 0M16 4.500a3.500 3.500 0 010 6M17 14a6 6 0 014 6",
  flag: "M6 21V4h11l-2 4 2 4H6",
} as const;

export type IconName = keyof typeof PATHS;

export function Icon({ name }: { name: IconName }) {
  return (
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
      <path d={PATHS[name]} />
    </svg>
  );
}
