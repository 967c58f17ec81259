/** 同步中心: every record with its state, the reason in plain words, what can be done about it. */

import { useApp, useLive, useSync } from "../app/app";
import { useOnLine } from "../app/online";
import { momentWords } from "../kernel/dates";
import { offsetAt, SKEW_ALARM_MS } from "../kernel/clock";
import { Card, Lamp, Row } from "../parts/bits";
import { Btn } from "../parts/inputs";
import { Nothing, Page } from "../parts/page";
import { KIND_WORDS, ON_PHONE, received, SENDING, whyWords } from "../record/kinds";
import { allDrafts } from "../store/drafts";
import { allParcels, latestReceipts, retryParcel, WARN_AFTER_DAYS, WARN_FROM } from "../store/outbox";
import type { Parcel } from "../store/rows";
import { space } from "../store/space";
import { Notices } from "./notices";

const RECEIPTS_SHOWN = 30;

export function SyncCentre() {
  const { store, sync } = useApp();
  const { is_running, signal } = useSync();
  const is_on = useOnLine();
  const now = useLive(
    async () => ({
      parcels: await allParcels(store),
      drafts: await allDrafts(store),
      receipts: await latestReceipts(store, RECEIPTS_SHOWN),
      lost: (await store.meta("lost")) ?? [],
      synced_ms: await store.meta("synced_ms"),
      space: await space(store),
      samples: (await store.meta("samples")) ?? [],
    }),
    [],
  );
  if (!now) return <Page name="sync" title="同步" isHome children={null} />;
  const oldest = now.parcels[0];
  const is_much = now.parcels.length >= WARN_FROM || (oldest && Date.now() - oldest.made_ms > WARN_AFTER_DAYS * 86_400_000);
  const skew = offsetAt(now.samples, Date.now());
  return (
    <Page name="sync" title="同步" isHome>
      <Notices />
      {is_much ? (
        <div class="banner late" role="alert">
          <p>手机上积了{now.parcels.length}条没传，请尽快到有信号的地方打开本页。</p>
        </div>
      ) : null}
      {skew !== null && Math.abs(skew) > SKEW_ALARM_MS ? (
        <div class="banner soon">
          <p>手机的时间和镇里差了{Math.round(Math.abs(skew) / 60_000)}分钟，记录会自动校正，请顺手把手机时间调准。</p>
        </div>
      ) : null}
      <Card>
        <p class="strong" data-testid="sync-line">
          {now.parcels.length === 0 ? "全部已收" : `${now.parcels.length}条在手机上`}
        </p>
        <p class="quiet">
          {now.synced_ms ? `上次和镇里通上：${momentWords(now.synced_ms)}` : "还没有和镇里通上过"}
          {skew === null ? " · 未校时" : ""}
        </p>
        <div class="row">
          <Btn tone="main" id="sync-now" isOff={is_running} onTap={() => sync.kick("button")}>
            {is_running ? "正在传" : "现在上传"}
          </Btn>
          <ExportButton isEmpty={now.parcels.length + now.drafts.length === 0} />
        </div>
        {!is_on || signal === "offline" ? <p class="quiet">没有信号。有信号时打开本页就会自动上传。</p> : null}
      </Card>
      {now.lost.length > 0 ? (
        <Card title="手机上丢失的" tone="late">
          {now.lost.map((one) => (
            <p class="fact" key={one.id}>
              <span>
                {momentWords(one.made_ms)} {KIND_WORDS[one.kind]}
              </span>
              <Lamp tone="late">请补记</Lamp>
            </p>
          ))}
        </Card>
      ) : null}
      <section aria-labelledby="way">
        <h2 id="way" class="over">
          没传完的
        </h2>
        {now.parcels.length === 0 ? <Nothing title="没有，都到镇里了" /> : null}
        <ul class="plain-list">
          {now.parcels.map((one) => (
            <ParcelLine key={one.id} parcel={one} />
          ))}
        </ul>
      </section>
      {now.drafts.length > 0 ? (
        <section aria-labelledby="drafts">
          <h2 id="drafts" class="over">
            没做完的<small>做完才会上传</small>
          </h2>
          <div class="lines">
            {now.drafts.map((one) => (
              <Row key={one.id} href={`#/${one.at}`} title={one.title} sub={`${KIND_WORDS[one.kind]} · ${momentWords(one.touched_ms)}`} />
            ))}
          </div>
        </section>
      ) : null}
      <section aria-labelledby="received">
        <h2 id="received" class="over">
          镇里已收的
        </h2>
        <ul class="plain-list">
          {now.receipts.map((one) => (
            <li class="parcel" key={one.id} data-testid={`receipt-${one.id}`}>
              <span class="parcel-what">
                <b>{one.title}</b>
                <small>
                  {KIND_WORDS[one.kind]} · {momentWords(one.made_ms)}
                </small>
              </span>
              <Lamp tone="ok">
                {received(one.no)} {momentWords(one.at_ms)}
              </Lamp>
            </li>
          ))}
        </ul>
      </section>
      <Gauge used={now.space.used} room={now.space.room} isPersisted={now.space.is_persisted} />
    </Page>
  );
}

function ParcelLine({ parcel }: { parcel: Parcel }) {
  const { store, sync } = useApp();
  const { sending, signal } = useSync();
  const is_bad = parcel.state === "attention";
  const is_moving = !is_bad && sending?.id === parcel.id;
  const left = parcel.attachments.length - parcel.done.length;
  return (
    <li class="parcel" data-testid={`parcel-${parcel.id}`} data-state={parcel.state}>
      <span class="parcel-what">
        <b>{parcel.title}</b>
        <small>
          {KIND_WORDS[parcel.kind]} · {momentWords(parcel.made_ms)}
          {parcel.attachments.length > 0 ? ` · ${parcel.is_text_sent ? "文字已到，" : ""}照片还有${left}张` : ""}
        </small>
        <small class={is_bad ? "late" : ""}>{is_moving ? "" : whyWords(parcel, signal)}</small>
        {is_bad && parcel.lost.length > 0 ? <small>读不出的照片：{parcel.lost.map((id) => id.slice(0, 8)).join("、")}</small> : null}
      </span>
      <span class="parcel-state">
        <Lamp tone={is_bad ? "late" : is_moving ? "calm" : "soon"}>{is_bad ? "需要处理" : is_moving ? SENDING : ON_PHONE}</Lamp>
        {is_moving ? null : (
          <Btn
            tone="quiet"
            id={`retry-${parcel.id}`}
            onTap={async () => {
              await retryParcel(store, parcel.id);
              await sync.kick("button");
            }}
          >
            再试一次
          </Btn>
        )}
      </span>
    </li>
  );
}

/** A file of everything that is only here: the last resort when the line or the town will not take it. */
export function ExportButton({ isEmpty }: { isEmpty: boolean }) {
  const { store, say } = useApp();
  return (
    <Btn
      id="export"
      isOff={isEmpty}
      onTap={async () => {
        const { exportFile } = await import("../lazy/export");
        say(await exportFile(store));
      }}
    >
      导出文件
    </Btn>
  );
}

function Gauge({ used, room, isPersisted }: { used: number; room: number; isPersisted: boolean }) {
  const mb = (bytes: number): string => `${Math.round(bytes / 1_048_576)}MB`;
  return (
    <Card title="手机存储">
      <progress class="bar" max={room} value={used} aria-label="照片占用" />
      <p class="quiet">
        照片占了{mb(used)}，最多放{mb(room * 0.8)}；放满后文字照常能记。{isPersisted ? "" : "请不要清理浏览器或微信的缓存，没传完的会丢。"}
      </p>
    </Card>
  );
}
