/** Small parts used by many screens. */

import type { ComponentChildren } from "preact";
import { dueWords } from "../kernel/dates";
import type { Duty, Firm } from "../wire";
import { Icon } from "./icon";

export type Tone = "ok" | "soon" | "late" | "calm";

/** Colour and word together, never colour alone. */
export function Lamp({ tone, children }: { tone: Tone; children: ComponentChildren }) {
  return <span class={`lamp ${tone}`}>{children}</span>;
}

export function toneOfDue(day: string, now = new Date()): Tone {
  const left = Math.round((Date.parse(day) - now.getTime()) / 86_400_000);
  return left < 0 ? "late" : left <= 15 ? "soon" : "calm";
}

export function DueLamp({ day }: { day: string }) {
  return <Lamp tone={toneOfDue(day)}>{dueWords(day)}</Lamp>;
}

/** What is due of a firm first; undefined when nothing is. */
export function nearestDue(firm: Firm): Duty | undefined {
  return firm.due.filter((one) => one.due).sort((a, b) => (a.due < b.due ? -1 : 1))[0];
}

/** Calls a number; without one it says so instead of showing a dead button. */
export function Call({ number, children, tone = "" }: { number: string; children: ComponentChildren; tone?: string }) {
  if (!number) return null;
  return (
    <a class={`btn ${tone}`} href={`tel:${number}`}>
      <Icon name="phone" />
      {children}
    </a>
  );
}

export function Card({ title, children, tone = "", aside }: { title?: string; children: ComponentChildren; tone?: string; aside?: ComponentChildren }) {
  return (
    <section class={`card ${tone}`}>
      {title ? (
        <h2>
          {title}
          {aside}
        </h2>
      ) : null}
      {children}
    </section>
  );
}

export function Row({ href, title, sub, lamp, id }: { href: string; title: string; sub?: ComponentChildren; lamp?: ComponentChildren; id?: string }) {
  return (
    <a class="line" href={href} data-testid={id}>
      <span class="line-text">
        <b>{title}</b>
        {sub ? <small>{sub}</small> : null}
      </span>
      {lamp}
      <Icon name="next" />
    </a>
  );
}
