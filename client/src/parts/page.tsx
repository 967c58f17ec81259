/** Around every screen: where one is, whether it is kept, one press back; the way on stands at the foot, under the thumb. */

import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { back } from "../app/route";
import { useApp, useSync } from "../app/app";
import type { Keeper } from "../app/keeper";
import { useOnLine } from "../app/online";
import { Icon, type IconName } from "./icon";

interface Props {
  title: string;
  /** Screen to fall back to where there is no history. */
  up?: string;
  isHome?: boolean;
  keeper?: Keeper<never> | Keeper;
  progress?: number;
  foot?: ComponentChildren;
  children: ComponentChildren;
  name: string;
}

export function Page({ title, up = "", isHome = false, keeper, progress, foot, children, name }: Props) {
  const heading = useRef<HTMLHeadingElement>(null);
  // A reader of the screen hears where it is; typing in a field that asked for it is not disturbed.
  useEffect(() => {
    if (!document.activeElement || document.activeElement === document.body) heading.current?.focus();
  }, [name]);
  return (
    <div class="screen" data-screen={name}>
      <header class="head">
        {isHome ? null : (
          <button class="head-back" type="button" aria-label="返回" data-testid="back" onClick={() => back(up)}>
            <Icon name="back" />
          </button>
        )}
        <h1 ref={heading} tabIndex={-1}>
          {title}
        </h1>
        {keeper ? <KeptPill keeper={keeper as Keeper} /> : <SyncPill />}
      </header>
      {progress === undefined ? null : (
        <progress class="bar" max={1} value={progress} aria-label="已答">
          {Math.round(progress * 100)}%
        </progress>
      )}
      {keeper && keeper.state === "failed" ? <KeepFault keeper={keeper as Keeper} /> : null}
      <main class="body">{children}</main>
      {foot ? <footer class="foot">{foot}</footer> : null}
      {isHome ? <TabBar here={name} /> : null}
    </div>
  );
}

/** Whether the last step is on the phone, and whether there is signal. Says 已存 only when it is. */
function KeptPill({ keeper }: { keeper: Keeper }) {
  const is_on = useOnLine();
  const words = keeper.state === "failed" ? "没存上" : keeper.state === "keeping" ? "正在存" : "已存手机";
  const tone = keeper.state === "failed" ? "late" : is_on ? "ok" : "soon";
  return (
    <span class={`pill ${tone}`} role="status" data-testid="kept" data-state={keeper.state}>
      {is_on ? words : `无信号 · ${words}`}
    </span>
  );
}

function KeepFault({ keeper }: { keeper: Keeper }) {
  return (
    <div class="banner late" role="alert" data-testid="save-failed">
      <p>{keeper.fault}</p>
      <button class="btn" type="button" onClick={() => void keeper.flush()}>
        再存一次
      </button>
    </div>
  );
}

export function SyncPill() {
  const { waiting, attention, sending, signal } = useSync();
  const is_on = useOnLine();
  const { tone, words } = pill({ waiting, attention, isSending: Boolean(sending), isOn: is_on && signal !== "offline", isPaused: signal === "sign_in" || signal === "other_user" });
  return (
    <a class={`pill ${tone}`} href="#/sync" aria-live="polite" data-testid="sync-pill">
      {words}
    </a>
  );
}

function pill(now: { waiting: number; attention: number; isSending: boolean; isOn: boolean; isPaused: boolean }): { tone: string; words: string } {
  if (now.attention > 0) return { tone: "late", words: `${now.attention}条需要处理` };
  const prefix = now.isOn ? "" : "无信号 · ";
  if (now.waiting === 0) return { tone: now.isOn ? "ok" : "soon", words: `${prefix}${now.isOn ? "全部已收" : "可照常记"}` };
  if (now.isPaused) return { tone: "late", words: `${now.waiting}条等登录` };
  return now.isSending ? { tone: "calm", words: `上传中 · 还有${now.waiting}条` } : { tone: "soon", words: `${prefix}${now.waiting}条在手机上` };
}

const TABS: [string, string, string, IconName][] = [
  ["today", "", "今日", "today"],
  ["firms", "firms", "企业", "firm"],
  ["accident", "new/accident", "事故快报", "alarm"],
  ["sync", "sync", "同步", "sync"],
  ["more", "more", "更多", "more"],
];

export function TabBar({ here }: { here: string }) {
  const { attention } = useSync();
  return (
    <nav class="tabs" aria-label="主要页面">
      {TABS.map(([name, to, words, icon]) => (
        <a key={name} href={`#/${to}`} class={name === "accident" ? "tab danger" : "tab"} aria-current={name === here ? "page" : undefined} data-testid={`tab-${name}`}>
          <Icon name={icon} />
          {words}
          {name === "sync" && attention > 0 ? <span class="dot" aria-label={`${attention}条需要处理`} /> : null}
        </a>
      ))}
    </nav>
  );
}

export function Loading({ title = "" }: { title?: string }) {
  return (
    <div class="screen" data-screen="loading">
      <header class="head">
        <h1>{title}</h1>
      </header>
    </div>
  );
}

export function Nothing({ title, children }: { title: string; children?: ComponentChildren }) {
  return (
    <div class="nothing">
      <p class="nothing-title">{title}</p>
      {children}
    </div>
  );
}

export function useTown(): string {
  return useApp().held?.bundle.town.name ?? "";
}
