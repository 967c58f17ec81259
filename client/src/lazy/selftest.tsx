/** 手机自检: what this phone and this browser can do when there is no signal. The verdict goes to the town with the next heartbeat. */

import { useState } from "preact/hooks";
import { useApp } from "../app/app";
import { Card, Lamp } from "../parts/bits";
import { Btn } from "../parts/inputs";
import { Page } from "../parts/page";
import { locate } from "../record/place";
import { VerdictWords } from "../screens/prepare";
import { estimate } from "../store/space";
import type { Verdict } from "../store/rows";

type Result = { ok: boolean; note: string };
interface Probe {
  key: string;
  words: string;
  run: () => Promise<Result>;
  /** Asks the person for something: only on a press of its own. */
  asks?: boolean;
}

const MB = 1024 * 1024;
const PROBES: Probe[] = [
  { key: "worker", words: "没信号时能打开本页", run: worker },
  { key: "database", words: "能存20MB并原样读回", run: database },
  { key: "locks", words: "几个页面同时开也只传一次", run: locks },
  { key: "digest", words: "能核对照片一个字节不差", run: digest },
  { key: "quota", words: "地方够放照片", run: quota },
  { key: "camera", words: "能拍照", run: camera, asks: true },
  { key: "place", words: "能定位（不是必须）", run: place, asks: true },
];

export function SelfTest() {
  const { store, sync, say } = useApp();
  const [results, setResults] = useState<Record<string, Result>>({});
  const [now, setNow] = useState("");
  const keep = async (found: Record<string, Result>): Promise<void> => {
    setResults(found);
    const verdict: Verdict = { at_ms: Date.now(), results: found };
    await store.setMeta("self_test", verdict);
    await store.setMeta("beat", undefined); // so that the next contact brings it along
    void sync.kick("button");
  };
  const run = async (probes: readonly Probe[]): Promise<void> => {
    const found = { ...results };
    for (const probe of probes) {
      setNow(probe.words);
      found[probe.key] = await probe.run().catch((fault: unknown) => ({ ok: false, note: fault instanceof Error && /[\u4e00-\u9fff]/.test(fault.message) ? fault.message : "不行" }));
      setResults({ ...found });
    }
    setNow("");
    await keep(found);
    say("自检结果已存，下次连上镇里时一并告诉管理的人。");
  };
  const is_done = PROBES.filter((one) => !one.asks).every((one) => results[one.key]);
  return (
    <Page
      name="selftest"
      title="手机自检"
      foot={
        <Btn tone="main" isBig id="run" isOff={now !== ""} onTap={() => run(PROBES.filter((one) => !one.asks))}>
          {now ? `正在试：${now}` : is_done ? "再试一次" : "开始自检"}
        </Btn>
      }
    >
      <p class="about">看看这部手机、这个浏览器在没有信号时靠不靠得住。约需十秒，不用流量。</p>
      {is_done ? (
        <Card>
          <VerdictWords results={results} />
        </Card>
      ) : null}
      <Card>
        {PROBES.map((one) => (
          <p class="fact" key={one.key} data-testid={`probe-${one.key}`} data-ok={results[one.key]?.ok}>
            <span>
              {one.words}
              {results[one.key]?.note ? <small>{results[one.key]?.note}</small> : null}
            </span>
            {results[one.key] ? <Lamp tone={results[one.key]!.ok ? "ok" : "late"}>{results[one.key]!.ok ? "行" : "不行"}</Lamp> : one.asks ? <Btn onTap={() => run([one])}>试一下</Btn> : null}
          </p>
        ))}
      </Card>
    </Page>
  );
}

async function worker(): Promise<Result> {
  if (!("serviceWorker" in navigator)) return { ok: false, note: "这个浏览器没有这个功能。出发前打开本页，一直开着。" };
  const ready = await Promise.race([navigator.serviceWorker.ready, new Promise<undefined>((resolve) => setTimeout(resolve, 8_000))]);
  return ready?.active ? { ok: true, note: "" } : { ok: false, note: "还没有装好，请在有信号时再试一次。" };
}

async function database(): Promise<Result> {
  const name = "field-selftest";
  const bytes = new Uint8Array(20 * MB);
  for (let at = 0; at < bytes.length; at += 4_099) bytes[at] = at % 251;
  const began = performance.now();
  const db = await new Promise<IDBDatabase>((resolve, reject) => {
    const opening = indexedDB.open(name, 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore("probe");
    opening.onsuccess = () => resolve(opening.result);
    opening.onerror = () => reject(new Error("存不进去"));
  });
  try {
    await done(db, "readwrite", (store) => store.put(bytes.buffer, "probe"));
    const back = new Uint8Array(await done<ArrayBuffer>(db, "readonly", (store) => store.get("probe")));
    const is_same = back.length === bytes.length && back.every((byte, at) => byte === bytes[at]);
    return is_same ? { ok: true, note: `用了${((performance.now() - began) / 1000).toFixed(1)}秒` } : { ok: false, note: "读回来的不一样" };
  } finally {
    db.close();
    indexedDB.deleteDatabase(name);
  }
}

function done<T>(db: IDBDatabase, mode: IDBTransactionMode, ask: (store: IDBObjectStore) => IDBRequest): Promise<T> {
  return new Promise((resolve, reject) => {
    const tx = db.transaction("probe", mode);
    const asked = ask(tx.objectStore("probe"));
    tx.oncomplete = () => resolve(asked.result as T);
    tx.onabort = () => reject(new Error(tx.error?.name === "QuotaExceededError" ? "手机存储满了" : "存不进去"));
  });
}

async function locks(): Promise<Result> {
  if (!navigator.locks) return { ok: true, note: "用登记代替，也可以。" };
  return navigator.locks.request("field-selftest", { ifAvailable: true }, async (lock) => ({ ok: lock !== null, note: "" }));
}

async function digest(): Promise<Result> {
  return crypto.subtle ? { ok: true, note: "" } : { ok: true, note: "由本页自己算，慢一些。" };
}

async function quota(): Promise<Result> {
  const guess = await estimate();
  if (guess.quota === undefined) return { ok: true, note: "浏览器没有说，满了会提示。" };
  const mb = Math.round((guess.quota - (guess.usage ?? 0)) / MB);
  return { ok: mb > 200, note: mb > 10_000 ? "够" : `浏览器说还有约${mb}MB` };
}

async function camera(): Promise<Result> {
  if (!navigator.mediaDevices?.getUserMedia) return { ok: true, note: "用手机自带的相机拍。" };
  try {
    const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
    for (const track of stream.getTracks()) track.stop();
    return { ok: true, note: "" };
  } catch {
    return { ok: false, note: "没有允许用相机，或没有相机；仍可从相册选。" };
  }
}

async function place(): Promise<Result> {
  const found = await locate();
  return { ok: true, note: `误差约${found.accuracy_m}米` };
}
